#pragma once

#include <memory>
#include <unordered_map>

#include "store/connection.hpp"

struct pg_conn;
struct pg_result;

namespace shouyue::store {

// One session of a PostgreSQL server, 15 or newer. Many rows go in by COPY, many keys are asked for in one statement.
// A session that the server ended is opened again by the next transaction or question outside of one.
class PostgresConnection final : public Connection {
 public:
  static bool understands(const std::string& url);
  // `url` in any form that libpq reads: postgresql://…, postgres://…, or `host=… dbname=…`.
  // Errors: store.unreachable, store.old_server.
  static Result<std::unique_ptr<Connection>> open(const std::string& url);
  ~PostgresConnection() override;

  Result<void> begin(Lock lock) override;
  Result<void> begin_reading() override;
  Result<void> commit() override;
  void rollback() override;
  bool has_transaction() const override;
  Result<void> tidy() override { return {}; }
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
  struct Finish {
    void operator()(pg_conn* handle) const;
  };
  struct Clear {
    void operator()(pg_result* result) const;
  };
  using Answer = std::unique_ptr<pg_result, Clear>;
  explicit PostgresConnection(pg_conn* handle);

  Result<void> start_session();
  Result<void> start(const char* sql);  // of a transaction
  Result<void> reopen();
  Result<void> reopen_if_gone();
  Result<Answer> accepted(pg_result* result);
  Result<Answer> execute(const std::string& sql);  // one or several statements without parameters
  // The name of the prepared statement of this text.
  Result<std::string> prepared(const std::string& sql);
  Result<Answer> answer(const std::string& sql, Parameters parameters);
  Result<Answer> ask(const std::string& sql, Parameters parameters);
  Result<Answer> answer_arrays(const std::string& sql, const Rows& rows);
  Result<void> take_portions(const std::string& cursor, const TakeRow& take);
  std::unexpected<Error> failure(const pg_result* result) const;
  std::string database() const;

  std::unique_ptr<pg_conn, Finish> handle_;
  std::unordered_map<std::string, std::string> prepared_;  // by text
  int cursors_ = 0;                                        // given out so far
  bool in_transaction_ = false;                            // as this side sees it: the server may be gone
};

}  // namespace shouyue::store
