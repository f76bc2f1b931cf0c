#include "store/postgres.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include <libpq-fe.h>

#include "store/postgres_wire.hpp"
#include "store/refusals.hpp"

namespace shouyue::store {
namespace {

constexpr int oldest_server = 150000;
constexpr std::size_t copy_bytes = 1 << 16;  // sent at once
constexpr const char* portion = "5000";      // rows of a scan fetched at once

// A commit that was acknowledged is on disk. A lock is not waited for without end, unless the user's own settings say
// how long. Every key is found by its index however many are asked for, and compiling a plan costs more than it gives.
constexpr const char* session_settings =
    "SET jit = off;"
    "SET plan_cache_mode = force_generic_plan;"
    "SELECT set_config('lock_timeout', '10s', false) WHERE current_setting('lock_timeout') = '0';"
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

// The row that every writer of facts holds until its transaction ends.
constexpr const char* facts_lock = "SELECT value FROM meta WHERE name = 'schema_version' FOR UPDATE";
constexpr const char* schema_lock = "SELECT pg_advisory_xact_lock(7306646, 1)";

constexpr int binary = 1;
constexpr Oid oid_int2 = 21, oid_int4 = 23, oid_int8 = 20;

class PostgresRow final : public AnswerRow {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
  int columns() const override { return PQnfields(result_); }
  std::string name(int column) const override { return PQfname(result_, column); }
  Value value(int column) const override {
    if (PQgetisnull(result_, row_, column)) return {};
    const std::string_view bytes(PQgetvalue(result_, row_, column),
                                 static_cast<std::size_t>(PQgetlength(result_, row_, column)));
    const Oid type = PQftype(result_, column);
    if (type == oid_int8 || type == oid_int4 || type == oid_int2) return read_integer(bytes);
    return bytes;
  }

 private:
  const PGresult* result_;
  int row_;
};

Result<void> take_rows(const PGresult* result, const TakeRow& take) {
  for (int row = 0; row < PQntuples(result); ++row) SHOUYUE_CHECK(take(PostgresRow(result, row)));
  return {};
}

// Parameters as libpq takes them: integers in digits, so that the server converts them to the type it expects.
class BoundParameters {
 public:
  explicit BoundParameters(Parameters parameters)
      : digits_(parameters.size()),
        values_(parameters.size()),
        lengths_(parameters.size()),
        formats_(parameters.size()) {
    for (std::size_t i = 0; i < parameters.size(); ++i) bind(i, parameters[i]);
  }
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void bind(std::size_t i, const Value& value) {
    if (value.kind() == Value::Kind::integer) {
      std::to_chars(digits_[i].data(), digits_[i].data() + digits_[i].size(), value.integer());
      values_[i] = digits_[i].data();
    } else if (value.kind() == Value::Kind::text) {
      values_[i] = value.text().data() ? value.text().data() : "";
      lengths_[i] = static_cast<int>(value.text().size());
      formats_[i] = binary;
    }
  }
  std::vector<std::array<char, 24>> digits_;
  std::vector<const char*> values_;
  std::vector<int> lengths_, formats_;
};

const char* array_type(const Value& value) { return value.kind() == Value::Kind::integer ? "BIGINT[]" : "TEXT[]"; }

// `unnest(CAST($1 AS BIGINT[]), …)`: the rows of arrays that stand side by side.
std::string unnest_of(const Rows& rows) {
  std::string text = "unnest(";
  for (std::size_t n = 0; n < rows.width(); ++n)
    text += (n == 0 ? "CAST($" : ", CAST($") + std::to_string(n + 1) + " AS " + array_type(rows[0][n]) + ")";
  return text + ")";
}

// $n becomes `asked.pn`.
std::string with_columns_for_parameters(const std::string& sql) {
  std::string text;
  for (const char c : sql)
    if (c == '$')
      text += "asked.p";
    else
      text += c;
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string trimmed(const char* message) {
  std::string text = message ? message : "";
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::unexpected<Error> unreachable(const std::string& database, const std::string& message) {
  return refuse(Errc::environment, "store.unreachable",
                "the database " + database +
                    " cannot be reached; check that its server runs, and its address, name, "
                    "user and password: " +
                    message,
                "无法连接数据库 " + database + "，请检查服务器是否运行以及地址、库名、用户和密码：" + message);
}

std::unexpected<Error> gone(const std::string& database) {
  return refuse(Errc::environment, "store.gone",
                "the server of the database " + database +
                    " ended the connection; give the command again, it does "
                    "what was not done",
                "数据库 " + database + " 的服务器中断了连接；请再次执行该命令，未完成的部分会继续");
}

std::unexpected<Error> refusal_of(std::string_view state, const std::string& database, const std::string& message) {
  if (state.starts_with("08") || state.starts_with("57P")) return gone(database);
  if (state == "55P03" || state == "40001" || state == "40P01") return locked(database);
  if (state == "53100") return full(database);
  if (state == "25006") return readonly(database);
  if (state.starts_with("XX00") && state != "XX000") return corrupt(database);
  if (state == "42501")
    return refuse(Errc::environment, "store.not_permitted",
                  "the user of the database " + database + " lacks a permission: " + message,
                  "数据库 " + database + " 的用户缺少权限：" + message);
  if (state == "22021")
    return refuse(Errc::invalid_input, "store.unstorable_text", "a text is not valid UTF-8", "文本不是有效的 UTF-8");
  return failed(database, message);
}

}  // namespace

void PostgresConnection::Finish::operator()(pg_conn* handle) const { PQfinish(handle); }
void PostgresConnection::Clear::operator()(pg_result* result) const { PQclear(result); }
PostgresConnection::PostgresConnection(pg_conn* handle) : handle_(handle) {
  PQsetNoticeProcessor(handle, [](void*, const char*) {}, nullptr);
}
PostgresConnection::~PostgresConnection() = default;

bool PostgresConnection::understands(const std::string& url) {
  char* complaint = nullptr;
  PQconninfoOption* const options = PQconninfoParse(url.c_str(), &complaint);
  PQconninfoFree(options);
  PQfreemem(complaint);
  return options && !url.empty();
}

Result<std::unique_ptr<Connection>> PostgresConnection::open(const std::string& url) {
  const std::array keywords{"connect_timeout", "fallback_application_name", "dbname", "client_encoding",
                            static_cast<const char*>(nullptr)};
  const std::array values{"10", "shouyue", url.c_str(), "UTF8", static_cast<const char*>(nullptr)};
  std::unique_ptr<PostgresConnection> connection(
      new PostgresConnection(PQconnectdbParams(keywords.data(), values.data(), 1)));
  SHOUYUE_CHECK(connection->start_session());
  return connection;
}

Result<void> PostgresConnection::start_session() {
  if (PQstatus(handle_.get()) != CONNECTION_OK) return unreachable(database(), trimmed(PQerrorMessage(handle_.get())));
  if (PQserverVersion(handle_.get()) < oldest_server)
    return refuse(Errc::environment, "store.old_server", "the database " + database() + " needs PostgreSQL 15 or newer",
                  "数据库 " + database() + " 需要 PostgreSQL 15 或更新版本");
  SHOUYUE_TRY(execute(session_settings));
  return {};
}

Result<void> PostgresConnection::reopen() {
  PQreset(handle_.get());
  prepared_.clear();
  return start_session();
}

Result<void> PostgresConnection::reopen_if_gone() {
  return PQstatus(handle_.get()) == CONNECTION_OK || has_transaction() ? Result<void>() : reopen();
}

// A connection may have been lost long ago; that shows with the first word.
Result<void> PostgresConnection::start(const char* sql) {
  ensure(!has_transaction(), "one transaction at a time");
  SHOUYUE_CHECK(reopen_if_gone());
  if (auto begun = execute(sql); !begun) {
    if (PQstatus(handle_.get()) == CONNECTION_OK) return std::unexpected(std::move(begun.error()));
    SHOUYUE_CHECK(reopen_if_gone());
    SHOUYUE_TRY(execute(sql));
  }
  in_transaction_ = true;
  return {};
}

Result<void> PostgresConnection::begin(Lock lock) {
  SHOUYUE_CHECK(start("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"));
  if (lock == Lock::nothing) return {};
  auto taken = execute(lock == Lock::facts ? facts_lock : schema_lock);
  if (taken) return {};
  rollback();
  return std::unexpected(std::move(taken.error()));
}

Result<void> PostgresConnection::begin_reading() { return start("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }

Result<void> PostgresConnection::commit() {
  const Answer done = SHOUYUE_TRY(execute("COMMIT"));
  // A transaction in which a statement failed is rolled back, and the server calls that a success.
  if (std::strcmp(PQcmdStatus(done.get()), "COMMIT") != 0) return failed(database(), "the transaction was rolled back");
  in_transaction_ = false;
  return {};
}

void PostgresConnection::rollback() {
  if (!in_transaction_) return;
  (void)execute("ROLLBACK");  // a server that is gone has rolled back
  in_transaction_ = false;
}

bool PostgresConnection::has_transaction() const { return in_transaction_; }

Result<bool> PostgresConnection::has_table(const std::string& name) {
  bool found = false;
  SHOUYUE_CHECK(query("SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass(CAST($1 AS TEXT))", {name},
                      [&](const AnswerRow&) {
                        found = true;
                        return Result<void>();
                      }));
  return found;
}

Result<void> PostgresConnection::define(const std::string& tables) {
  SHOUYUE_TRY(execute(tables));
  return {};
}

Result<void> PostgresConnection::run(const std::string& sql, Parameters parameters) {
  SHOUYUE_TRY(answer(sql, parameters));
  return {};
}

Result<void> PostgresConnection::query(const std::string& sql, Parameters parameters, const TakeRow& take) {
  const Answer rows = SHOUYUE_TRY(answer(sql, parameters));
  return take_rows(rows.get(), take);
}

Result<void> PostgresConnection::scan(const std::string& sql, Parameters parameters, const TakeRow& take) {
  const bool own_transaction = !has_transaction();
  if (own_transaction) SHOUYUE_CHECK(begin_reading());
  const std::string cursor = "scan" + std::to_string(++cursors_);
  const std::string declare = "DECLARE " + cursor + " NO SCROLL CURSOR FOR " + sql;
  const BoundParameters bound(parameters);
  auto declared = accepted(PQexecParams(handle_.get(), declare.c_str(), bound.count(), nullptr, bound.values(),
                                        bound.lengths(), bound.formats(), binary));
  Result<void> taken;
  if (declared)
    taken = take_portions(cursor, take);
  else
    taken = std::unexpected(std::move(declared.error()));
  if (own_transaction) rollback();
  return taken;
}

Result<void> PostgresConnection::take_portions(const std::string& cursor, const TakeRow& take) {
  const std::string fetch = std::string("FETCH FORWARD ") + portion + " FROM " + cursor;
  for (;;) {
    const Answer rows = SHOUYUE_TRY(
        accepted(PQexecParams(handle_.get(), fetch.c_str(), 0, nullptr, nullptr, nullptr, nullptr, binary)));
    if (PQntuples(rows.get()) == 0) break;
    SHOUYUE_CHECK(take_rows(rows.get(), take));
  }
  SHOUYUE_TRY(execute("CLOSE " + cursor));
  return {};
}

Result<void> PostgresConnection::look_up(const std::string& sql, const Rows& keys, const TakeFound& take) {
  if (keys.empty()) return {};
  std::string names;
  for (std::size_t n = 0; n < keys.width(); ++n) names += "p" + std::to_string(n + 1) + ", ";
  const Answer rows =
      SHOUYUE_TRY(answer_arrays("SELECT found.*, asked.n FROM " + unnest_of(keys) + " WITH ORDINALITY AS asked (" +
                                    names + "n) CROSS JOIN LATERAL (" + with_columns_for_parameters(sql) + ") AS found",
                                keys));
  const int position = PQnfields(rows.get()) - 1;
  return take_rows(
      rows.get(), [&](const AnswerRow& row) { return take(static_cast<std::size_t>(row.integer(position)) - 1, row); });
}

Result<void> PostgresConnection::insert(const TableColumns& table, const Rows& rows) {
  if (rows.empty()) return {};
  SHOUYUE_TRY(execute("COPY " + table.name + " (" + joined(table.columns) + ") FROM STDIN (FORMAT binary)"));
  CopyText copy;
  bool sent = true;
  for (std::size_t i = 0; i < rows.size() && sent; ++i) {
    copy.add(rows[i]);
    if (i + 1 == rows.size()) copy.end();
    if (copy.bytes().size() < copy_bytes && i + 1 < rows.size()) continue;
    sent = PQputCopyData(handle_.get(), copy.bytes().data(), static_cast<int>(copy.bytes().size())) == 1;
    copy.clear();
  }
  PQputCopyEnd(handle_.get(), nullptr);
  auto done = accepted(PQgetResult(handle_.get()));
  while (PGresult* rest = PQgetResult(handle_.get())) PQclear(rest);
  if (!done) return std::unexpected(std::move(done.error()));
  return {};
}

Result<void> PostgresConnection::insert_absent(const TableColumns& table, const Rows& rows) {
  if (rows.empty()) return {};
  SHOUYUE_TRY(answer_arrays("INSERT INTO " + table.name + " (" + joined(table.columns) + ") SELECT * FROM " +
                                unnest_of(rows) + " ON CONFLICT DO NOTHING",
                            rows));
  return {};
}

Result<void> PostgresConnection::upsert(const TableColumns& table, const Rows& rows, const std::string& otherwise,
                                        const TakeRow& take) {
  if (rows.empty()) return {};
  const Answer returned =
      SHOUYUE_TRY(answer_arrays("INSERT INTO " + table.name + " (" + joined(table.columns) + ") SELECT * FROM " +
                                    unnest_of(rows) + on_conflict_sql(table) + otherwise,
                                rows));
  return take_rows(returned.get(), take);
}

Result<void> PostgresConnection::replace(const TableColumns& table, const Rows& rows) {
  Rows keys(static_cast<std::size_t>(table.key));
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t n = 0; n < keys.width(); ++n) keys.add_value(rows[i][n]);
  SHOUYUE_CHECK(remove(table, keys));
  return insert(table, rows);
}

Result<void> PostgresConnection::remove(const TableColumns& table, const Rows& keys) {
  if (keys.empty()) return {};
  std::string names, where;
  for (std::size_t n = 0; n < keys.width(); ++n) {
    names += (n == 0 ? "" : ", ") + table.columns[n];
    where += (n == 0 ? "" : " AND ") + table.name + "." + table.columns[n] + " = gone." + table.columns[n];
  }
  SHOUYUE_TRY(answer_arrays(
      "DELETE FROM " + table.name + " USING " + unnest_of(keys) + " AS gone (" + names + ") WHERE " + where, keys));
  return {};
}

Result<PostgresConnection::Answer> PostgresConnection::accepted(pg_result* result) {
  Answer answer(result);
  switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_COPY_IN: return answer;
    default: return failure(result);
  }
}

Result<PostgresConnection::Answer> PostgresConnection::execute(const std::string& sql) {
  return accepted(PQexec(handle_.get(), sql.c_str()));
}

Result<std::string> PostgresConnection::prepared(const std::string& sql) {
  if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second;
  std::string name = "s" + std::to_string(prepared_.size());
  SHOUYUE_TRY(accepted(PQprepare(handle_.get(), name.c_str(), sql.c_str(), 0, nullptr)));
  return prepared_[sql] = std::move(name);
}

Result<PostgresConnection::Answer> PostgresConnection::answer(const std::string& sql, Parameters parameters) {
  SHOUYUE_CHECK(reopen_if_gone());
  auto told = ask(sql, parameters);
  // What only reads and stands alone can be asked again.
  const bool is_lost = !told && told.error().rule == "store.gone";
  if (!is_lost || has_transaction() || !sql.starts_with("SELECT")) return told;
  SHOUYUE_CHECK(reopen());
  return ask(sql, parameters);
}

Result<PostgresConnection::Answer> PostgresConnection::ask(const std::string& sql, Parameters parameters) {
  const std::string name = SHOUYUE_TRY(prepared(sql));
  const BoundParameters bound(parameters);
  return accepted(PQexecPrepared(handle_.get(), name.c_str(), bound.count(), bound.values(), bound.lengths(),
                                 bound.formats(), binary));
}

Result<PostgresConnection::Answer> PostgresConnection::answer_arrays(const std::string& sql, const Rows& rows) {
  std::vector<std::string> arrays;
  for (std::size_t n = 0; n < rows.width(); ++n) arrays.push_back(array_of(rows, n));
  // An array is a text to `answer`: bytes that the server takes in binary form.
  const std::vector<Value> values(arrays.begin(), arrays.end());
  return answer(sql, std::span(values));
}

std::unexpected<Error> PostgresConnection::failure(const pg_result* result) const {
  const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  // Without a word of the server libpq lost it, even where it does not say so before the next word to it.
  if (!state || PQstatus(handle_.get()) != CONNECTION_OK) return gone(database());
  return refusal_of(state, database(), trimmed(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)));
}

std::string PostgresConnection::database() const {
  const auto part = [](const char* text) { return std::string(text ? text : ""); };
  return part(PQdb(handle_.get())) + "@" + part(PQhost(handle_.get()));
}

}  // namespace shouyue::store
