#include "store/sql_accounts.hpp"

namespace shouyue::store {
namespace {

const TableColumns account_table{
    .name = "account",
    .columns = {"name", "display_name", "role", "org_code", "seat", "agent_code", "password_hash",
                "must_change_password", "is_disabled", "failures", "locked_until", "password_until"},
    .key = 1};
const TableColumns sign_in_table{
    .name = "sign_in", .columns = {"digest", "account", "csrf", "begun_at", "used_at"}, .key = 1};

std::string select_sql(const TableColumns& table, const std::string& tail) {
  std::string sql;
  for (const std::string& column : table.columns) sql += (sql.empty() ? "SELECT " : ", ") + column;
  return sql + " FROM " + table.name + " " + tail;
}

// A role that this version does not know may do nothing.
access::Account account_of(const AnswerRow& answer) {
  access::Account account;
  std::string role;
  answer.read(0, account.name);
  answer.read(1, account.display_name);
  answer.read(2, role);
  answer.read(3, account.org_code);
  answer.read(4, account.seat);
  answer.read(5, account.agent_code);
  answer.read(6, account.password_hash);
  answer.read(7, account.must_change_password);
  answer.read(8, account.is_disabled);
  answer.read(9, account.failures);
  answer.read(10, account.locked_until);
  answer.read(11, account.password_until);
  const auto known = access::role_of(role);
  if (known) account.role = *known;
  account.is_disabled = account.is_disabled || !known;
  return account;
}

access::SignIn sign_in_of(const AnswerRow& answer) {
  access::SignIn sign_in;
  answer.read(0, sign_in.digest);
  answer.read(1, sign_in.account);
  answer.read(2, sign_in.csrf);
  answer.read(3, sign_in.begun_at);
  answer.read(4, sign_in.used_at);
  return sign_in;
}

}  // namespace

Result<std::optional<access::Account>> SqlAccounts::account(const std::string& name) {
  std::optional<access::Account> found;
  SHOUYUE_CHECK(connection_.query(select_sql(account_table, "WHERE name = $1"), {name}, [&](const AnswerRow& answer) {
    found = account_of(answer);
    return Result<void>();
  }));
  return found;
}

Result<void> SqlAccounts::each_account(const app::Sink<access::Account>& sink) {
  return connection_.scan(select_sql(account_table, "ORDER BY name"), {}, [&](const AnswerRow& answer) {
    access::Account account = account_of(answer);
    return sink(account);
  });
}

Result<void> SqlAccounts::put_account(const access::Account& account) {
  Rows rows(account_table.columns.size());
  rows.add({account.name, account.display_name, access::code_of(account.role), account.org_code, account.seat,
            account.agent_code, account.password_hash, account.must_change_password, account.is_disabled,
            account.failures, account.locked_until, account.password_until});
  return connection_.replace(account_table, rows);
}

Result<std::optional<access::SignIn>> SqlAccounts::sign_in(const std::string& digest) {
  std::optional<access::SignIn> found;
  SHOUYUE_CHECK(
      connection_.query(select_sql(sign_in_table, "WHERE digest = $1"), {digest}, [&](const AnswerRow& answer) {
        found = sign_in_of(answer);
        return Result<void>();
      }));
  return found;
}

Result<void> SqlAccounts::each_sign_in(const app::Sink<access::SignIn>& sink) {
  return connection_.scan(select_sql(sign_in_table, "ORDER BY account, used_at"), {}, [&](const AnswerRow& answer) {
    access::SignIn sign_in = sign_in_of(answer);
    return sink(sign_in);
  });
}

Result<void> SqlAccounts::put_sign_in(const access::SignIn& sign_in) {
  Rows rows(sign_in_table.columns.size());
  rows.add({sign_in.digest, sign_in.account, sign_in.csrf, sign_in.begun_at, sign_in.used_at});
  return connection_.replace(sign_in_table, rows);
}

Result<void> SqlAccounts::remove_sign_in(const std::string& digest) {
  return connection_.run("DELETE FROM sign_in WHERE digest = $1", {digest});
}

Result<void> SqlAccounts::remove_sign_ins_of(const std::string& account) {
  return connection_.run("DELETE FROM sign_in WHERE account = $1", {account});
}

Result<void> SqlAccounts::remove_sign_ins_used_before(Instant at) {
  return connection_.run("DELETE FROM sign_in WHERE used_at < $1", {at});
}

Result<std::optional<app::RequestMark>> SqlAccounts::request_mark(const std::string& account, const std::string& key) {
  std::optional<app::RequestMark> found;
  SHOUYUE_CHECK(connection_.query("SELECT digest, at FROM request_mark WHERE account = $1 AND key = $2", {account, key},
                                  [&](const AnswerRow& answer) {
                                    found.emplace(app::RequestMark{account, key, {}, {}});
                                    answer.read(0, found->digest);
                                    answer.read(1, found->at);
                                    return Result<void>();
                                  }));
  return found;
}

Result<void> SqlAccounts::remove_request_marks_before(Instant at) {
  return connection_.run("DELETE FROM request_mark WHERE at < $1", {at});
}

Result<void> SqlAccounts::write_waiting_mark() {
  const auto mark = take_waiting_mark();
  return mark ? put_request_mark(*mark) : Result<void>();
}

Result<void> SqlAccounts::put_request_mark(const app::RequestMark& mark) {
  bool is_written = false;
  SHOUYUE_CHECK(
      connection_.query("INSERT INTO request_mark (account, key, digest, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO "
                        "NOTHING RETURNING key",
                        {mark.account, mark.key, mark.digest, mark.at}, [&](const AnswerRow&) {
                          is_written = true;
                          return Result<void>();
                        }));
  if (is_written) return {};
  return refuse(Errc::conflict, "request.in_progress", "the same request is being carried out; wait a moment",
                "相同请求正在处理，请稍候");
}

}  // namespace shouyue::store
