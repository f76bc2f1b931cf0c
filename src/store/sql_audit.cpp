#include <limits>

#include "app/audit.hpp"
#include "store/sql_store.hpp"

// The audit journal.
namespace shouyue::store {
namespace {

app::AuditRow audit_row(const AnswerRow& answer) {
  app::AuditRow row;
  answer.read(0, row.n);
  answer.read(1, row.at);
  answer.read(2, row.who);
  answer.read(3, row.action);
  answer.read(4, row.detail);
  answer.read(5, row.prev_hash);
  answer.read(6, row.hash);
  return row;
}

}  // namespace

Result<void> SqlStore::append_audit(app::AuditRow row) {
  row.n = 1;
  SHOUYUE_CHECK(
      connection_->query("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1", {}, [&row](const AnswerRow& last) {
        row.n = last.integer(0) + 1;
        row.prev_hash = last.text(1);
        return Result<void>();
      }));
  row.hash = app::audit_hash(row);
  return connection_->run(
      "INSERT INTO audit (n, at, who, action, detail, prev_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {row.n, row.at, row.who, row.action, row.detail, row.prev_hash, row.hash});
}

Result<void> SqlStore::each_audit(const app::Sink<app::AuditRow>& sink) {
  return connection_->scan("SELECT n, at, who, action, detail, prev_hash, hash FROM audit ORDER BY n", {},
                           [&sink](const AnswerRow& answer) -> Result<void> {
                             app::AuditRow row = audit_row(answer);
                             return sink(row);
                           });
}

Result<std::vector<app::AuditRow>> SqlStore::newest_audit(const app::AuditQuery& query) {
  constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
  std::vector<app::AuditRow> rows;
  SHOUYUE_CHECK(connection_->query(
      "SELECT n, at, who, action, detail, prev_hash, hash FROM audit WHERE n < $1 AND at >= $2 AND at < $3 "
      "AND (CAST($4 AS TEXT) = '' OR who = $4) AND (CAST($5 AS TEXT) = '' OR action = $5) ORDER BY n DESC LIMIT $6",
      {query.before.value_or(no_limit), query.from ? Instant::start_of(*query.from).milliseconds() : -no_limit,
       query.to ? Instant::start_of(*query.to + 1).milliseconds() : no_limit, query.who, query.action, query.limit},
      [&rows](const AnswerRow& answer) {
        rows.push_back(audit_row(answer));
        return Result<void>();
      }));
  return rows;
}

}  // namespace shouyue::store
