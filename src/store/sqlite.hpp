#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "app/store.hpp"
#include "store/connection.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace shouyue::store {

// What the connections of one process to one SQLite file share: whose turn it is to write. SQLite lets writers try
// again after pauses, so that one who comes often keeps the others out; here each comes as soon as the one before ends.
struct SqliteFile {
  explicit SqliteFile(std::string where) : path(std::move(where)) {}
  const std::string path;
  std::timed_mutex turn;
  std::atomic<bool> is_open = false;  // a first connection has been opened
};

// One connection to one SQLite file, in WAL mode with every commit on disk before it returns. The first of a process
// has a large cache and moves what it commits from the log into the file by itself; the others, for further threads,
// leave that to `tidy`.
class SqliteConnection final : public Connection {
 public:
  // Errors: store.cannot_open, store.not_initialised (no such file, and `access` does not create it),
  // store.not_a_database, store.locked, store.readonly.
  static Result<std::unique_ptr<Connection>> open(std::shared_ptr<SqliteFile> file, app::Access access);
  ~SqliteConnection() override;

  Result<void> begin(Lock lock) override;
  Result<void> begin_reading() override;
  Result<void> commit() override;
  void rollback() override;
  bool has_transaction() const override;
  Result<void> tidy() override;
  Result<bool> has_table(const std::string& name) override;
  Result<void> define(const std::string& tables) override;
  Result<void> run(const std::string& sql, Parameters parameters) override;
  Result<void> query(const std::string& sql, Parameters parameters, const TakeRow& take) override;
  Result<void> scan(const std::string& sql, Parameters parameters, const TakeRow& take) override;
  Result<void> look_up(const std::string& sql, const Rows& keys, const TakeFound& take) override;
  Result<void> insert(const TableColumns& table, const Rows& rows) override;
  Result<void> insert_absent(const TableColumns& table, const Rows& rows) override;
  Result<void> upsert(const TableColumns& table, const Rows& rows, const std::string& otherwise,
                      const TakeRow& take) override;
  Result<void> replace(const TableColumns& table, const Rows& rows) override;
  Result<void> remove(const TableColumns& table, const Rows& keys) override;

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };
  SqliteConnection(sqlite3* handle, std::shared_ptr<SqliteFile> file) : file_(std::move(file)), handle_(handle) {}

  Result<void> take_turn();

  Result<void> execute(const std::string& sql);  // one or several statements without parameters
  // The statement of this text, prepared once.
  Result<sqlite3_stmt*> statement(const std::string& sql);
  Result<void> step_all(sqlite3_stmt* statement, Parameters parameters, const TakeRow& take);
  Result<void> run_each(const std::string& sql, const Rows& rows);
  std::unexpected<Error> failure(int code) const;

  std::shared_ptr<SqliteFile> file_;
  std::unique_lock<std::timed_mutex> turn_;  // held while a transaction writes
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace shouyue::store
