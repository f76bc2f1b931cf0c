#pragma once

#include <functional>

#include "base/error.hpp"
#include "store/value.hpp"

// What the store needs of a database engine. The statements are one plain SQL text for all engines: parameters are
// $1, $2 …; a calculated integer is CAST(… AS BIGINT); what is sorted says where NULLs stand.
namespace shouyue::store {

// A table, or the part of it that is written: its first `key` columns are the primary key.
struct TableColumns {
  std::string name;
  std::vector<std::string> columns;
  int key = 0;
};

using TakeRow = std::function<Result<void>(const AnswerRow&)>;
using TakeFound = std::function<Result<void>(std::size_t position, const AnswerRow&)>;

// What a writing transaction excludes. SQLite has one writer, whatever it writes.
enum class Lock : std::uint8_t {
  nothing,  // single conditional statements that hold by themselves, as claims
  facts,    // every other writer of facts and of what hangs on them: their order is the order of their transactions
  schema,   // every other change of tables
};

// One connection to one database. Not for two threads at once. Errors of every function, all Errc::environment:
// store.locked, store.full, store.readonly, store.not_permitted, store.corrupt, store.gone, store.failed.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual Result<void> begin(Lock lock) = 0;
  // What is read until the end of it is of one moment.
  virtual Result<void> begin_reading() = 0;
  virtual Result<void> commit() = 0;
  virtual void rollback() = 0;
  virtual bool has_transaction() const = 0;
  // What the engine puts off at commits and does not do by itself.
  virtual Result<void> tidy() = 0;

  virtual Result<bool> has_table(const std::string& name) = 0;
  // Makes tables, from a text of schema.hpp.
  virtual Result<void> define(const std::string& tables) = 0;

  virtual Result<void> run(const std::string& sql, Parameters parameters) = 0;
  // Takes each row of a short answer. `take` must not use the same statement.
  virtual Result<void> query(const std::string& sql, Parameters parameters, const TakeRow& take) = 0;
  // The same for an answer of any length, of one moment. `take` may read, and must not write.
  virtual Result<void> scan(const std::string& sql, Parameters parameters, const TakeRow& take) = 0;
  // The query once for each of `keys`; `position` says for which. What is found for one key comes in no order.
  virtual Result<void> look_up(const std::string& sql, const Rows& keys, const TakeFound& take) = 0;

  // Rows of all columns; the keys are new.
  virtual Result<void> insert(const TableColumns& table, const Rows& rows) = 0;
  // The same, passing over those whose key is there.
  virtual Result<void> insert_absent(const TableColumns& table, const Rows& rows) = 0;
  // The same; `otherwise` says what becomes of a row whose key is there (`UPDATE SET … WHERE … RETURNING …`, the new
  // row is `excluded`). Takes what that returns, in no order. No key comes twice.
  virtual Result<void> upsert(const TableColumns& table, const Rows& rows, const std::string& otherwise,
                              const TakeRow& take) = 0;
  // The same, in place of those whose key is there. No key comes twice.
  virtual Result<void> replace(const TableColumns& table, const Rows& rows) = 0;
  // Rows whose first columns are those of `keys`.
  virtual Result<void> remove(const TableColumns& table, const Rows& keys) = 0;
};

// The statements that every engine understands, for one row. `width` columns tell which rows `delete_sql` means.
std::string insert_sql(const TableColumns& table);
std::string on_conflict_sql(const TableColumns& table);  // ` ON CONFLICT (key) DO `
std::string delete_sql(const TableColumns& table, std::size_t width);

}  // namespace shouyue::store
