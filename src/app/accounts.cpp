#include "app/accounts.hpp"

#include <algorithm>

#include "app/directory.hpp"
#include "app/port_store.hpp"
#include "app/scope.hpp"
#include "vault/password.hpp"
#include "vault/token.hpp"

namespace shouyue::app {
namespace {

constexpr std::int64_t use_noted_every_seconds = 60;
constexpr std::int64_t request_marks_kept_seconds = 24 * 3600;

Result<void> note(Session& session, const std::string& who, std::string action, std::string detail) {
  return session.store.append_audit(
      {.at = session.now, .who = who, .action = std::move(action), .detail = std::move(detail)});
}

std::unexpected<Error> refused() {
  return refuse(Errc::rule_broken, "sign_in.refused",
                "the user name or the password is wrong; after several wrong ones nobody gets in for a while",
                "用户名或密码错误；连续输错后账号将暂时锁定");
}

std::unexpected<Error> locked(const access::Account& account) {
  return refuse(Errc::rule_broken, "sign_in.locked",
                "too many wrong passwords; try again after " + account.locked_until->text(),
                "密码错误次数过多，请于 " + account.locked_until->plain_text() + " 后再试");
}

// An agent works up to his last day.
bool is_off(const access::Account& account, const Directory& directory, Date today) {
  return account.is_disabled ||
         (account.role == access::Role::sales_agent && directory.has_left(account.agent_code, today));
}

// In a transaction.
Result<void> note_wrong_password(Session& session, access::Account& account) {
  access::note_failure(account, session.now);
  SHOUYUE_CHECK(session.store.accounts().put_account(account));
  return note(session, account.name, "sign_in_refused", "");
}

std::unexpected<Error> nobody(const std::string& name) {
  return refuse(Errc::not_found, "account.unknown", "nobody has the name " + name, "没有名为 " + name + " 的账号");
}

bool is_account_name(std::string_view name) {
  return name.size() >= 2 && name.size() <= 40 && std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

Result<int> count_administrators_besides(AccountStore& accounts, const std::string& name) {
  int count = 0;
  SHOUYUE_CHECK(accounts.each_account([&](access::Account& account) -> Result<void> {
    count += account.role == access::Role::administrator && !account.is_disabled && account.name != name;
    return {};
  }));
  return count;
}

// In a transaction: whether who asks manages the accounts of the organisation.
Result<bool> is_managed(Session& session, const Directory& directory, const std::string& org_code) {
  const auto manager = SHOUYUE_TRY(session.store.accounts().account(session.who));
  return manager && manages_accounts_of(*manager, directory, org_code, session.now.date());
}

// In a transaction. What lies outside of what who asks manages is refused as if it were not there.
Result<access::Account> managed_account(Session& session, const std::string& name) {
  auto account = SHOUYUE_TRY(session.store.accounts().account(name));
  if (!account) return nobody(name);
  const Directory directory = SHOUYUE_TRY(Directory::load(session.store));
  const bool is_there = SHOUYUE_TRY(is_managed(session, directory, account->org_code));
  if (!is_there) return nobody(name);
  return std::move(*account);
}

Result<void> check_change(Session& session, const AccountChange& change, const std::optional<access::Account>& known) {
  if (!is_account_name(change.name))
    return refuse(Errc::invalid_input, "account.name_form",
                  "a user name has 2 to 40 of: small letters, digits, dot, underscore, hyphen",
                  "用户名应为 2 至 40 个小写字母、数字、点、下划线或连字符");
  const Directory directory = SHOUYUE_TRY(Directory::load(session.store));
  const bool was_managed = SHOUYUE_TRY(is_managed(session, directory, known ? known->org_code : change.org_code));
  if (known && !was_managed)
    return refuse(Errc::conflict, "account.name_taken",
                  "somebody outside of your organisation has the name '" + change.name + "'; choose another",
                  "用户名“" + change.name + "”已被其他机构使用，请另选用户名");
  const bool stays_managed = SHOUYUE_TRY(is_managed(session, directory, change.org_code));
  if (!directory.has_organisation(change.org_code) || !stays_managed)
    return refuse(Errc::not_found, "account.unknown_organisation",
                  "no organisation has the code '" + change.org_code + "'",
                  "没有代码为“" + change.org_code + "”的机构");
  if (change.role == access::Role::sales_agent && !directory.has_agent(change.agent_code))
    return refuse(Errc::not_found, "account.unknown_agent", "no agent has the code '" + change.agent_code + "'",
                  "没有代码为“" + change.agent_code + "”的业务员");
  const bool administers = change.role == access::Role::administrator && !change.is_disabled;
  if (!administers && SHOUYUE_TRY(count_administrators_besides(session.store.accounts(), change.name)) == 0)
    return refuse(Errc::rule_broken, "account.last_administrator", "one administrator must stay",
                  "至少须保留一名系统管理员");
  return {};
}

Result<std::string> give_one_time_password(access::Account& account, Instant until) {
  std::string password = vault::new_one_time_password();
  account.password_hash = SHOUYUE_TRY(vault::password_hash(password));
  account.must_change_password = true;
  account.password_until = until;
  access::note_success(account);
  return password;
}

}  // namespace

Result<SignedIn> sign_in(Session& session, const Directory& directory, const std::string& name,
                         const std::string& password) {
  AccountStore& accounts = session.store.accounts();
  const auto found = SHOUYUE_TRY(accounts.account(name));
  if (!found || access::is_locked(*found, session.now)) {
    SHOUYUE_CHECK(vault::spend_a_password_check(password));
    return refused();
  }
  const bool was_right = SHOUYUE_TRY(vault::is_password(found->password_hash, password));

  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  // Once more, as it is now: several attempts may be under way, or the account has changed.
  auto account = SHOUYUE_TRY(accounts.account(name));
  ensure(account.has_value(), "accounts are never removed");
  if (access::is_locked(*account, session.now)) return refused();
  const bool is_let_in = was_right && !is_off(*account, directory, session.now.date());
  if (!is_let_in || account->password_hash != found->password_hash) {
    SHOUYUE_CHECK(note_wrong_password(session, *account));
    SHOUYUE_CHECK(transaction.commit());
    return refused();
  }
  if (access::is_password_over(*account, session.now)) {
    SHOUYUE_CHECK(note(session, name, "sign_in_refused", "one-time password is over"));
    SHOUYUE_CHECK(transaction.commit());
    return refuse(Errc::rule_broken, "sign_in.one_time_over",
                  "this one-time password is over; ask an administrator for a new one",
                  "一次性密码已过期，请联系系统管理员重新生成");
  }
  access::note_success(*account);
  SHOUYUE_CHECK(accounts.put_account(*account));
  const std::string token = vault::new_token();
  const access::SignIn begun{.digest = vault::token_digest(token),
                             .account = name,
                             .csrf = vault::new_token(),
                             .begun_at = session.now,
                             .used_at = session.now};
  SHOUYUE_CHECK(accounts.put_sign_in(begun));
  SHOUYUE_CHECK(accounts.remove_sign_ins_used_before(session.now.plus_seconds(-access::idle_seconds_max)));
  SHOUYUE_CHECK(accounts.remove_request_marks_before(session.now.plus_seconds(-request_marks_kept_seconds)));
  SHOUYUE_CHECK(note(session, name, "sign_in", ""));
  SHOUYUE_CHECK(transaction.commit());
  return SignedIn{token, {std::move(*account), begun}};
}

Result<void> sign_out(Session& session, const Person& person) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(session.store.accounts().remove_sign_in(person.sign_in.digest));
  SHOUYUE_CHECK(note(session, person.account.name, "sign_out", ""));
  return transaction.commit();
}

Result<std::optional<Person>> onlooker_of(Session& session, const Directory& directory, const std::string& token) {
  AccountStore& accounts = session.store.accounts();
  auto sign_in = SHOUYUE_TRY(accounts.sign_in(vault::token_digest(token)));
  if (!sign_in || access::is_over(*sign_in, session.now)) return std::nullopt;
  auto account = SHOUYUE_TRY(accounts.account(sign_in->account));
  if (!account || is_off(*account, directory, session.now.date())) return std::nullopt;
  return Person{std::move(*account), std::move(*sign_in)};
}

Result<std::optional<Person>> person_of(Session& session, const Directory& directory, const std::string& token) {
  const auto is_noted = [&](const std::optional<Person>& person) {
    return !person || session.now < person->sign_in.used_at.plus_seconds(use_noted_every_seconds);
  };
  auto person = SHOUYUE_TRY(onlooker_of(session, directory, token));
  if (is_noted(person)) return person;
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  // Once more, as it is now: a sign-in that has ended must not come back.
  person = SHOUYUE_TRY(onlooker_of(session, directory, token));
  if (is_noted(person)) return person;
  person->sign_in.used_at = session.now;
  SHOUYUE_CHECK(session.store.accounts().put_sign_in(person->sign_in));
  SHOUYUE_CHECK(transaction.commit());
  return person;
}

Result<void> change_password(Session& session, const Person& person, const std::string& before,
                             const std::string& after) {
  if (access::is_locked(person.account, session.now)) return locked(person.account);
  const bool was_right = SHOUYUE_TRY(vault::is_password(person.account.password_hash, before));
  if (was_right)
    if (const auto fault = access::fault_of_password(person.account, after))
      return refuse(Errc::invalid_input, fault->rule, fault->en, fault->zh);
  std::string hash;
  if (was_right) hash = SHOUYUE_TRY(vault::password_hash(after));
  AccountStore& accounts = session.store.accounts();
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  // Once more, as it is now.
  auto account = SHOUYUE_TRY(accounts.account(person.account.name));
  ensure(account.has_value(), "accounts are never removed");
  if (access::is_locked(*account, session.now)) return locked(*account);
  if (!was_right) {
    (void)accounts.take_waiting_mark();  // what was asked is not done
    SHOUYUE_CHECK(note_wrong_password(session, *account));
    SHOUYUE_CHECK(transaction.commit());
    return refused();
  }
  const bool is_signed_in = SHOUYUE_TRY(accounts.sign_in(person.sign_in.digest)).has_value();
  if (!is_signed_in || account->is_disabled || account->password_hash != person.account.password_hash) return refused();
  access::note_success(*account);
  account->password_hash = hash;
  account->must_change_password = false;
  account->password_until.reset();
  SHOUYUE_CHECK(accounts.put_account(*account));
  SHOUYUE_CHECK(accounts.remove_sign_ins_of(account->name));
  SHOUYUE_CHECK(accounts.put_sign_in(person.sign_in));
  SHOUYUE_CHECK(note(session, account->name, "change_password", ""));
  return transaction.commit();
}

Result<std::optional<std::string>> put_account(Session& session, const AccountChange& change, bool new_password,
                                               std::int64_t password_seconds) {
  AccountStore& accounts = session.store.accounts();
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const auto known = SHOUYUE_TRY(accounts.account(change.name));
  SHOUYUE_CHECK(check_change(session, change, known));
  access::Account account = known.value_or(access::Account{.name = change.name});
  account.display_name = change.display_name;
  account.role = change.role;
  account.org_code = change.org_code;
  account.seat = change.seat;
  account.agent_code = change.agent_code;
  account.is_disabled = change.is_disabled;
  std::optional<std::string> password;
  if (access::is_program(change.role)) {
    account.password_hash.clear();
    account.must_change_password = false;
  } else if (!known || new_password || account.password_hash.empty()) {
    password = SHOUYUE_TRY(give_one_time_password(account, session.now.plus_seconds(password_seconds)));
  }
  SHOUYUE_CHECK(accounts.put_account(account));
  const bool sees_other_things = known && (known->role != account.role || known->org_code != account.org_code);
  if (password || account.is_disabled || sees_other_things) SHOUYUE_CHECK(accounts.remove_sign_ins_of(account.name));
  if (account.is_disabled || !access::is_program(account.role))
    SHOUYUE_CHECK(session.store.ports().remove_tokens_of(account.name));
  SHOUYUE_CHECK(note(session, session.who, known ? "change_account" : "new_account",
                     account.name + " " + std::string(access::code_of(account.role)) + " " + account.org_code +
                         (account.is_disabled ? " disabled" : "") + (password ? " one-time password" : "")));
  SHOUYUE_CHECK(transaction.commit());
  return password;
}

Result<std::string> new_program_token(Session& session, const std::string& name) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const access::Account account = SHOUYUE_TRY(managed_account(session, name));
  if (!access::is_program(account.role))
    return refuse(Errc::rule_broken, "account.no_program",
                  "a person signs in by a password; only a program has a token",
                  "只有系统账号可以使用令牌，人员请用密码登录");
  PortStore& ports = session.store.ports();
  const std::string token = vault::new_token();
  SHOUYUE_CHECK(ports.remove_tokens_of(name));
  SHOUYUE_CHECK(ports.put_token({.digest = vault::token_digest(token), .account = name, .created_at = session.now}));
  SHOUYUE_CHECK(note(session, session.who, "new_token", name));
  SHOUYUE_CHECK(transaction.commit());
  return token;
}

Result<void> revoke_program_tokens(Session& session, const std::string& name) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(managed_account(session, name));
  SHOUYUE_CHECK(session.store.ports().remove_tokens_of(name));
  SHOUYUE_CHECK(note(session, session.who, "revoke_token", name));
  return transaction.commit();
}

Result<std::optional<Person>> program_of(Session& session, const std::string& token) {
  PortStore& ports = session.store.ports();
  const std::string digest = vault::token_digest(token);
  auto known = SHOUYUE_TRY(ports.token(digest));
  if (!known) return std::nullopt;
  if (!known->used_at || session.now >= known->used_at->plus_seconds(use_noted_every_seconds)) {
    Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
    // Once more, as it is now: a token that was revoked must not come back.
    known = SHOUYUE_TRY(ports.token(digest));
    if (!known) return std::nullopt;
    known->used_at = session.now;
    SHOUYUE_CHECK(ports.put_token(*known));
    SHOUYUE_CHECK(transaction.commit());
  }
  auto account = SHOUYUE_TRY(session.store.accounts().account(known->account));
  if (!account || account->is_disabled || !access::is_program(account->role)) return std::nullopt;
  const access::SignIn by_token{
      .digest = known->digest, .account = account->name, .csrf = {}, .begun_at = session.now, .used_at = session.now};
  return Person{std::move(*account), by_token};
}

Result<std::optional<std::string>> first_administrator(Session& session, std::int64_t password_seconds) {
  AccountStore& accounts = session.store.accounts();
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const auto known = SHOUYUE_TRY(accounts.account("admin"));
  if (known && !access::is_password_over(*known, session.now)) return std::nullopt;
  bool has_another = false;
  SHOUYUE_CHECK(accounts.each_account([&](access::Account& account) -> Result<void> {
    const bool administers = account.role == access::Role::administrator && !account.is_disabled;
    has_another |= account.name != "admin" && (!known || (administers && !is_password_over(account, session.now)));
    return {};
  }));
  if (has_another) return std::nullopt;
  access::Account admin = known.value_or(
      access::Account{.name = "admin", .display_name = "系统管理员", .role = access::Role::administrator});
  std::string password = SHOUYUE_TRY(give_one_time_password(admin, session.now.plus_seconds(password_seconds)));
  SHOUYUE_CHECK(accounts.put_account(admin));
  SHOUYUE_CHECK(
      note(session, session.who, known ? "change_account" : "new_account", "admin administrator one-time password"));
  SHOUYUE_CHECK(transaction.commit());
  return password;
}

}  // namespace shouyue::app
