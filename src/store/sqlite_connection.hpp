#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"

struct sqlite3;
struct sqlite3_stmt;

// A thin layer over the C interface: prepared statements with typed values, and errors as refusals.
namespace shouyue::store {

class SqliteConnection;

// A prepared statement. Parameters are $1, $2 …; text that is bound must live until the next `step`.
class Statement {
 public:
  Statement(SqliteConnection& connection, sqlite3_stmt* handle) : connection_(&connection), handle_(handle) {}
  Statement(Statement&&) = default;
  Statement& operator=(Statement&&) = default;

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, int value) { return bind(index, std::int64_t{value}); }
  Statement& bind(int index, bool value) { return bind(index, std::int64_t{value}); }
  Statement& bind(int index, std::string_view value);
  Statement& bind(int index, const std::string& value) { return bind(index, std::string_view(value)); }
  Statement& bind(int index, const char* value) { return bind(index, std::string_view(value)); }
  Statement& bind(int index, Date value) { return bind(index, std::int64_t{value.days()}); }
  Statement& bind(int index, Instant value) { return bind(index, value.milliseconds()); }
  Statement& bind(int index, Money value) { return bind(index, value.in_fen()); }
  Statement& bind_null(int index);
  template <class Enum>
    requires std::is_enum_v<Enum>
  Statement& bind(int index, Enum value) {
    return bind(index, static_cast<std::int64_t>(value));
  }
  template <class Value>
  Statement& bind(int index, const std::optional<Value>& value) {
    return value ? bind(index, *value) : bind_null(index);
  }

  // True when there is a row to read. After the last row, and after an error, the statement is ready to run again.
  Result<bool> step();
  // Runs a statement that gives no rows.
  Result<void> run();
  // Ends a statement whose rows were not all read.
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;  // valid until the next `step`
  void read(int column, std::int64_t& value) const { value = integer(column); }
  void read(int column, int& value) const { value = static_cast<int>(integer(column)); }
  void read(int column, bool& value) const { value = integer(column) != 0; }
  void read(int column, std::string& value) const { value = text(column); }
  void read(int column, Date& value) const { value = Date::from_days(static_cast<std::int32_t>(integer(column))); }
  void read(int column, Instant& value) const { value = Instant::from_milliseconds(integer(column)); }
  void read(int column, Money& value) const { value = Money::fen(integer(column)); }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void read(int column, Enum& value) const {
    value = static_cast<Enum>(integer(column));
  }
  template <class Value>
  void read(int column, std::optional<Value>& value) const {
    value.reset();
    if (!is_null(column)) read(column, value.emplace());
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };
  SqliteConnection* connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

// One connection to one file. Not for two threads at once.
class SqliteConnection {
 public:
  // Opens or creates the file, in WAL mode with every commit on disk before it returns.
  // Errors: store.cannot_open, store.not_a_database, store.locked, store.readonly.
  static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path);

  Result<void> execute(const std::string& sql);  // one or several statements without parameters
  // The statement of this text, prepared once. Errors: store.failed.
  Result<Statement*> statement(const std::string& sql);
  bool has_transaction() const;
  std::unexpected<Error> failure(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  explicit SqliteConnection(sqlite3* handle, std::string path) : path_(std::move(path)), handle_(handle) {}

  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, Statement> statements_;  // before the handle in destruction
};

}  // namespace shouyue::store
