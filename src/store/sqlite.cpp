#include "store/sqlite.hpp"

#include <chrono>
#include <filesystem>

#include <sqlite3.h>

#include "store/refusals.hpp"

namespace shouyue::store {
namespace {

constexpr int busy_timeout_milliseconds = 5000;

constexpr const char* settings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA secure_delete = ON;";

// A cache of 64 MB and no memory map keep the memory of a large import flat. Checkpoints every 16,000 pages instead of
// 1,000: bulk loads write the same index pages again and again.
constexpr const char* settings_of_first = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000;";
constexpr const char* settings_of_others = "PRAGMA cache_size = -1024; PRAGMA wal_autocheckpoint = 0;";

// A log that has grown to so many pages is begun anew, for which writers must wait. Not for a long reader, though:
// then the log grows until it has done.
constexpr int log_pages_max = 50'000;
constexpr int readers_awaited_milliseconds = 10;

// SQLite numbers `$1` by first appearance, but `?1` by the number.
std::string numbered(std::string sql) {
  for (char& c : sql)
    if (c == '$') c = '?';
  return sql;
}

std::unexpected<Error> refusal_of(int code, const std::string& path, const std::string& message) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return locked(path);
    case SQLITE_FULL: return full(path);
    case SQLITE_READONLY:
    case SQLITE_PERM: return readonly(path);
    case SQLITE_CORRUPT: return corrupt(path);
    case SQLITE_CANTOPEN:
      return refuse(Errc::environment, "store.cannot_open",
                    "the database " + path + " cannot be opened; check the path and its permissions",
                    "数据库 " + path + " 无法打开，请检查路径和权限");
    case SQLITE_NOTADB:
      return refuse(Errc::environment, "store.not_a_database",
                    "the file " + path + " is not a database of this program", "文件 " + path + " 不是本程序的数据库");
    default: return failed(path, message);
  }
}

class SqliteRow final : public AnswerRow {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  int columns() const override { return sqlite3_column_count(statement_); }
  std::string name(int column) const override { return sqlite3_column_name(statement_, column); }
  Value value(int column) const override {
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_NULL: return {};
      case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(statement_, column)};
      default: break;
    }
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return std::string_view(data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  sqlite3_stmt* statement_;
};

int bind_one(sqlite3_stmt* statement, int index, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::nothing: return sqlite3_bind_null(statement, index);
    case Value::Kind::integer: return sqlite3_bind_int64(statement, index, value.integer());
    case Value::Kind::text: break;
  }
  const std::string_view text = value.text();
  return sqlite3_bind_text(statement, index, text.data() ? text.data() : "", static_cast<int>(text.size()),
                           SQLITE_STATIC);
}

void bind_all(sqlite3_stmt* statement, Parameters parameters) {
  int index = 0;
  for (const Value& value : parameters)
    ensure(bind_one(statement, ++index, value) == SQLITE_OK, "a parameter that the statement does not have");
}

}  // namespace

void SqliteConnection::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void SqliteConnection::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
SqliteConnection::~SqliteConnection() = default;

Result<std::unique_ptr<Connection>> SqliteConnection::open(std::shared_ptr<SqliteFile> file, app::Access access) {
  const std::string& path = file->path;
  // Counting the memory costs a lock at every allocation. Refused, and not needed, once SQLite is in use.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)configured;
  sqlite3* handle = nullptr;
  const int create = access == app::Access::create ? SQLITE_OPEN_CREATE : 0;
  const int code =
      sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | create, nullptr);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle, file));
  std::error_code ignored;
  if (code == SQLITE_CANTOPEN && create == 0 && !std::filesystem::exists(path, ignored)) return not_initialised();
  if (code != SQLITE_OK) return refusal_of(code, path, sqlite3_errstr(code));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, busy_timeout_milliseconds);
  SHOUYUE_CHECK(connection->execute(settings));
  SHOUYUE_CHECK(connection->execute(file->is_open ? settings_of_others : settings_of_first));
  file->is_open = true;
  return connection;
}

Result<void> SqliteConnection::take_turn() {
  turn_ = std::unique_lock(file_->turn, std::chrono::milliseconds(busy_timeout_milliseconds));
  if (!turn_) return locked(file_->path);
  return {};
}

Result<void> SqliteConnection::begin(Lock) {
  SHOUYUE_CHECK(take_turn());
  auto begun = execute("BEGIN IMMEDIATE");
  if (!begun) turn_ = {};
  return begun;
}

Result<void> SqliteConnection::begin_reading() { return execute("BEGIN"); }

Result<void> SqliteConnection::commit() {
  auto done = execute("COMMIT");
  if (done) turn_ = {};
  return done;
}

void SqliteConnection::rollback() {
  // A failed statement may have rolled back already; what is left to report was reported by that statement.
  if (has_transaction()) (void)execute("ROLLBACK");
  turn_ = {};
}

Result<void> SqliteConnection::tidy() {
  int pages = 0;
  const auto checkpoint = [&](int mode) {
    return sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, &pages, nullptr);
  };
  int code = checkpoint(SQLITE_CHECKPOINT_PASSIVE);
  if (code == SQLITE_OK && pages > log_pages_max) {
    SHOUYUE_CHECK(take_turn());
    sqlite3_busy_timeout(handle_.get(), readers_awaited_milliseconds);
    code = checkpoint(SQLITE_CHECKPOINT_RESTART);
    sqlite3_busy_timeout(handle_.get(), busy_timeout_milliseconds);
    turn_ = {};
  }
  if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY) return {};
  return failure(code);
}

bool SqliteConnection::has_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Result<bool> SqliteConnection::has_table(const std::string& name) {
  bool found = false;
  SHOUYUE_CHECK(query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", {name}, [&](const AnswerRow&) {
    found = true;
    return Result<void>();
  }));
  return found;
}

Result<void> SqliteConnection::define(const std::string& tables) { return execute(tables); }

Result<void> SqliteConnection::run(const std::string& sql, Parameters parameters) {
  return query(sql, parameters, [](const AnswerRow&) { return Result<void>(); });
}

Result<void> SqliteConnection::query(const std::string& sql, Parameters parameters, const TakeRow& take) {
  return step_all(SHOUYUE_TRY(statement(sql)), parameters, take);
}

// Every statement is stepped to its end: until then it keeps its locks.
Result<void> SqliteConnection::step_all(sqlite3_stmt* statement, Parameters parameters, const TakeRow& take) {
  bind_all(statement, parameters);
  const SqliteRow row(statement);
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (auto taken = take(row); !taken) {
      sqlite3_reset(statement);
      return taken;
    }
  }
  sqlite3_reset(statement);
  if (code != SQLITE_DONE) return failure(code);
  return {};
}

Result<void> SqliteConnection::scan(const std::string& sql, Parameters parameters, const TakeRow& take) {
  return query(sql, parameters, take);
}

Result<void> SqliteConnection::look_up(const std::string& sql, const Rows& keys, const TakeFound& take) {
  sqlite3_stmt* statement = SHOUYUE_TRY(this->statement(sql));
  std::size_t i = 0;
  const TakeRow take_here = [&](const AnswerRow& row) { return take(i, row); };
  for (; i < keys.size(); ++i) SHOUYUE_CHECK(step_all(statement, keys[i], take_here));
  return {};
}

Result<void> SqliteConnection::upsert(const TableColumns& table, const Rows& rows, const std::string& otherwise,
                                      const TakeRow& take) {
  sqlite3_stmt* statement = SHOUYUE_TRY(this->statement(insert_sql(table) + on_conflict_sql(table) + otherwise));
  for (std::size_t i = 0; i < rows.size(); ++i) SHOUYUE_CHECK(step_all(statement, rows[i], take));
  return {};
}

Result<void> SqliteConnection::run_each(const std::string& sql, const Rows& rows) {
  if (rows.empty()) return {};
  sqlite3_stmt* statement = SHOUYUE_TRY(this->statement(sql));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    bind_all(statement, rows[i]);
    const int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    if (code != SQLITE_DONE) return failure(code);
  }
  return {};
}

Result<void> SqliteConnection::insert(const TableColumns& table, const Rows& rows) {
  return run_each(insert_sql(table), rows);
}

Result<void> SqliteConnection::insert_absent(const TableColumns& table, const Rows& rows) {
  return run_each(insert_sql(table) + " ON CONFLICT DO NOTHING", rows);
}

Result<void> SqliteConnection::replace(const TableColumns& table, const Rows& rows) {
  std::string updates;
  for (std::size_t n = static_cast<std::size_t>(table.key); n < table.columns.size(); ++n) {
    const std::string& name = table.columns[n];
    updates += (updates.empty() ? "" : ", ") + name + " = excluded." + name;
  }
  return run_each(insert_sql(table) + on_conflict_sql(table) + "UPDATE SET " + updates, rows);
}

Result<void> SqliteConnection::remove(const TableColumns& table, const Rows& keys) {
  return run_each(delete_sql(table, keys.width()), keys);
}

Result<void> SqliteConnection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return {};
}

Result<sqlite3_stmt*> SqliteConnection::statement(const std::string& sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) return found->second.get();
  sqlite3_stmt* handle = nullptr;
  const std::string text = numbered(sql);
  const int code = sqlite3_prepare_v3(handle_.get(), text.c_str(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  if (code != SQLITE_OK) return failure(code);
  statements_[sql].reset(handle);
  return handle;
}

std::unexpected<Error> SqliteConnection::failure(int code) const {
  return refusal_of(code, file_->path, sqlite3_errmsg(handle_.get()));
}

}  // namespace shouyue::store
