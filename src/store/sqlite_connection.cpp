#include "store/sqlite_connection.hpp"

#include <sqlite3.h>

#include "base/text.hpp"

namespace shouyue::store {
namespace {

constexpr int busy_timeout_milliseconds = 5000;

// A cache of 64 MB and no memory map keep the memory of a large import flat. Checkpoints every 16,000 pages instead of
// 1,000: bulk loads write the same index pages again and again.
constexpr const char* settings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA cache_size = -65536;"
    "PRAGMA wal_autocheckpoint = 16000;";

// SQLite numbers `$1` by first appearance, but `?1` by the number.
std::string numbered(std::string sql) {
  for (char& c : sql)
    if (c == '$') c = '?';
  return sql;
}

std::unexpected<Error> environment(const char* rule, const std::string& en, const std::string& zh) {
  return refuse(Errc::environment, rule, en, zh);
}

std::unexpected<Error> refusal_of(int code, const std::string& path, const std::string& message) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return environment("store.locked", "the database " + path + " is in use by another program; try again later",
                         "数据库 " + path + " 正被其他程序使用，请稍后再试");
    case SQLITE_FULL:
      return environment("store.full", "the disk of the database " + path + " is full; nothing of this step was kept",
                         "数据库 " + path + " 所在磁盘已满，本步未保存任何内容");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return environment("store.readonly", "the database " + path + " may not be written; check its permissions",
                         "数据库 " + path + " 不可写，请检查权限");
    case SQLITE_CANTOPEN:
      return environment("store.cannot_open",
                         "the database " + path + " cannot be opened; check the path and its permissions",
                         "数据库 " + path + " 无法打开，请检查路径和权限");
    case SQLITE_NOTADB:
      return environment("store.not_a_database", "the file " + path + " is not a database of this program",
                         "文件 " + path + " 不是本程序的数据库");
    case SQLITE_CORRUPT:
      return environment("store.corrupt", "the database " + path + " is damaged; restore it from a copy",
                         "数据库 " + path + " 已损坏，请从备份恢复");
    default:
      return environment("store.failed", "the database " + path + " failed: " + message,
                         "数据库 " + path + " 出错：" + message);
  }
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Statement& Statement::bind(int index, std::int64_t value) {
  ensure(sqlite3_bind_int64(handle_.get(), index, value) == SQLITE_OK, "a parameter that the statement does not have");
  return *this;
}

Statement& Statement::bind(int index, std::string_view value) {
  const char* data = value.data() ? value.data() : "";
  ensure(sqlite3_bind_text(handle_.get(), index, data, static_cast<int>(value.size()), SQLITE_STATIC) == SQLITE_OK,
         "a parameter that the statement does not have");
  return *this;
}

Statement& Statement::bind_null(int index) {
  ensure(sqlite3_bind_null(handle_.get(), index) == SQLITE_OK, "a parameter that the statement does not have");
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(handle_.get());
  if (code == SQLITE_DONE) return false;
  return connection_->failure(code);
}

Result<void> Statement::run() {
  const bool has_row = SHOUYUE_TRY(step());
  if (has_row) reset();
  return {};
}

void Statement::reset() { sqlite3_reset(handle_.get()); }

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }

std::string_view Statement::text(int column) const {
  const unsigned char* data = sqlite3_column_text(handle_.get(), column);
  if (!data) return {};
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

void SqliteConnection::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle, path));
  if (code != SQLITE_OK) return refusal_of(code, path, sqlite3_errstr(code));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, busy_timeout_milliseconds);
  SHOUYUE_CHECK(connection->execute(settings));
  return connection;
}

Result<void> SqliteConnection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return {};
}

Result<Statement*> SqliteConnection::statement(const std::string& sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) return &found->second;
  sqlite3_stmt* handle = nullptr;
  const std::string text = numbered(sql);
  const int code = sqlite3_prepare_v3(handle_.get(), text.c_str(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  if (code != SQLITE_OK) return failure(code);
  return &statements_.emplace(sql, Statement(*this, handle)).first->second;
}

bool SqliteConnection::has_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

std::unexpected<Error> SqliteConnection::failure(int code) const {
  return refusal_of(code, path_, sqlite3_errmsg(handle_.get()));
}

}  // namespace shouyue::store
