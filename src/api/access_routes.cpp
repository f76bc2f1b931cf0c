#include "api/access_routes.hpp"

#include "api/answer.hpp"
#include "api/document_file.hpp"
#include "api/names.hpp"
#include "app/scope.hpp"
#include "json/read.hpp"
#include "report/row_of.hpp"

namespace shouyue::api {
namespace {

struct SignInRequest {
  std::string name, password;
};
BOOST_DESCRIBE_STRUCT(SignInRequest, (), (name, password))

struct PasswordRequest {
  std::string before, after;
};
BOOST_DESCRIBE_STRUCT(PasswordRequest, (), (before, after))

struct AccountRequest {
  std::string display_name, role, org_code;
  std::optional<std::string> seat, agent_code;
  std::optional<bool> is_disabled, new_password;
};
BOOST_DESCRIBE_STRUCT(AccountRequest, (), (display_name, role, org_code, seat, agent_code, is_disabled, new_password))

struct AccountAnswer {
  std::string name, display_name, role, role_name, org_code, seat, agent_code;
  bool must_change_password = false, is_disabled = false;
};
BOOST_DESCRIBE_STRUCT(AccountAnswer, (),
                      (name, display_name, role, role_name, org_code, seat, agent_code, must_change_password,
                       is_disabled))

struct OwnAnswer {
  AccountAnswer account;
  std::string org_name;
  std::vector<std::string> permissions;
  std::string csrf;
  Instant now;
};
BOOST_DESCRIBE_STRUCT(OwnAnswer, (), (account, org_name, permissions, csrf, now))

struct OneTimePassword {
  std::optional<std::string> one_time_password;
};
BOOST_DESCRIBE_STRUCT(OneTimePassword, (), (one_time_password))

AccountAnswer answer_of(const access::Account& account) {
  return {.name = account.name,
          .display_name = account.display_name,
          .role = std::string(access::code_of(account.role)),
          .role_name = std::string(access::name_of(account.role)),
          .org_code = account.org_code,
          .seat = account.seat,
          .agent_code = account.agent_code,
          .must_change_password = account.must_change_password,
          .is_disabled = account.is_disabled};
}

OwnAnswer own_answer(const Call& call, const app::Person& person) {
  OwnAnswer own{.account = answer_of(person.account),
                .org_name = Names(call).organisation(person.account.org_code),
                .permissions = {},
                .csrf = person.sign_in.csrf,
                .now = call.session.now};
  for (const access::Permission permission : access::all_permissions())
    if (access::may(person.account.role, permission)) own.permissions.emplace_back(access::code_of(permission));
  return own;
}

report::Text status_text(const AccountAnswer& account) {
  if (account.is_disabled) return {"停用", "disabled"};
  if (account.must_change_password) return {"待设密码", "no password of its own yet"};
  return {"正常", "active"};
}

report::Document document_of(const std::vector<AccountAnswer>& accounts, const Names& names) {
  report::Table table{.title = {},
                      .columns = {{{"用户名", "User name"}, 16},
                                  {{"姓名", "Name"}, 16},
                                  {{"岗位", "Role"}, 16},
                                  {{"机构代码", "Organisation code"}, 12},
                                  {{"机构", "Organisation"}, 20},
                                  {{"坐席", "Seat"}, 10},
                                  {{"业务员代码", "Agent"}, 14},
                                  {{"状态", "Status"}, 14}},
                      .rows = {}};
  for (const AccountAnswer& account : accounts)
    table.rows.push_back(report::row_of({report::same(account.name), report::same(account.display_name),
                                         report::Text{account.role_name, account.role}, report::same(account.org_code),
                                         report::same(names.organisation(account.org_code)), report::same(account.seat),
                                         report::same(account.agent_code), status_text(account)}));
  return report::document_of({"用户与岗位", "Users and roles"}, std::move(table));
}

// Which accounts are wanted: of a role, with a piece of a name.
struct Wanted {
  std::string_view role, text;

  bool has(const AccountAnswer& account, const std::string& organisation) const {
    const auto contains = [this](const std::string& name) { return name.find(text) != std::string::npos; };
    return (role.empty() || account.role == role) &&
           (contains(account.name) || contains(account.display_name) || contains(organisation));
  }
};

// The browser keeps the token where no script of a page reaches it, and sends it to nobody else.
std::string cookie_of(const std::string& token, bool is_encrypted, std::int64_t seconds) {
  return cookie_name(is_encrypted) + "=" + token +
         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds) + (is_encrypted ? "; Secure" : "");
}

}  // namespace

Result<http::Response> sign_in(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<SignInRequest>(call.request.body));
  const auto signed_in =
      SHOUYUE_TRY(app::sign_in(call.session, call.deriver.directory(), request.name, request.password));
  http::Response response = answer(own_answer(call, signed_in.person));
  response.headers.emplace_back("Set-Cookie",
                                cookie_of(signed_in.token, call.request.is_encrypted, access::sign_in_seconds_max));
  return response;
}

Result<http::Response> sign_out(Call& call) {
  SHOUYUE_CHECK(app::sign_out(call.session, *call.person));
  http::Response response{.status = 204};
  response.headers.emplace_back("Set-Cookie", cookie_of("", call.request.is_encrypted, 0));
  return response;
}

Result<http::Response> own_account(Call& call) { return answer(own_answer(call, *call.person)); }

Result<http::Response> change_password(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<PasswordRequest>(call.request.body));
  SHOUYUE_CHECK(app::change_password(call.session, *call.person, request.before, request.after));
  return http::Response{.status = 204};
}

Result<http::Response> list_accounts(Call& call) {
  std::vector<AccountAnswer> accounts;
  const Names names(call);
  const Wanted wanted{.role = call.request.target.parameter("role"), .text = call.request.target.parameter("text")};
  const Date today = call.session.now.date();
  SHOUYUE_CHECK(call.session.store.accounts().each_account([&](access::Account& account) -> Result<void> {
    if (!app::manages_accounts_of(call.person->account, call.deriver.directory(), account.org_code, today)) return {};
    AccountAnswer found = answer_of(account);
    if (wanted.has(found, names.organisation(found.org_code))) accounts.push_back(std::move(found));
    return {};
  }));
  if (wants_file(call)) return file_of(call, document_of(accounts, names), "accounts");
  return answer(accounts);
}

Result<http::Response> put_account(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<AccountRequest>(call.request.body));
  const auto role = access::role_of(request.role);
  if (!role)
    return refuse(Errc::invalid_input, "account.unknown_role", "'" + request.role + "' is no role",
                  "没有岗位“" + request.role + "”");
  const app::AccountChange change{.name = call.parts.at("name"),
                                  .display_name = request.display_name,
                                  .role = *role,
                                  .org_code = request.org_code,
                                  .seat = request.seat.value_or(""),
                                  .agent_code = request.agent_code.value_or(""),
                                  .is_disabled = request.is_disabled.value_or(false)};
  auto password = SHOUYUE_TRY(app::put_account(call.session, change, request.new_password.value_or(false),
                                               call.facilities.settings.one_time_password_seconds));
  return answer(OneTimePassword{std::move(password)});
}

}  // namespace shouyue::api
