#include <algorithm>

#include "store/sqlite_store.hpp"

namespace shouyue::store {

using app::CaseRow;
using app::CommissionRow;
using app::EntryRow;
using app::RefusedRow;
using app::TicketRow;

template <class Row>
Result<void> SqliteStore::insert(std::string_view policy_no, const std::string& sql, const Row& row) {
  Statement* put = SHOUYUE_TRY(statement(sql));
  put->bind(1, app::bucket_of(policy_no));
  int index = 1;
  for (const auto& column : table<Row>().columns) SHOUYUE_CHECK(column.bind(*put, ++index, row, clause_lists_));
  return put->run();
}

template <class Row>
Result<void> SqliteStore::remove(const std::string& policy_no) {
  static const std::string sql = delete_sql<Row>();
  Statement* end = SHOUYUE_TRY(statement(sql));
  return end->bind(1, app::bucket_of(policy_no)).bind(2, policy_no).run();
}

template <class Row>
Result<void> SqliteStore::each(Statement& statement, const app::Sink<Row>& sink) {
  while (SHOUYUE_TRY(statement.step())) {
    Row row;
    int index = 0;
    for (const auto& column : table<Row>().columns) SHOUYUE_CHECK(column.read(statement, index++, row, clause_lists_));
    if (auto taken = sink(row); !taken) {
      statement.reset();
      return taken;
    }
  }
  return {};
}

template <class Row>
Result<std::vector<Row>> SqliteStore::rows_of(const std::string& policy_no, std::string_view order) {
  Statement* find =
      SHOUYUE_TRY(statement(select_sql<Row>("WHERE bucket = $1 AND policy_no = $2" + std::string(order))));
  find->bind(1, app::bucket_of(policy_no)).bind(2, policy_no);
  std::vector<Row> rows;
  SHOUYUE_CHECK(each<Row>(*find, [&](Row& row) -> Result<void> {
    rows.push_back(std::move(row));
    return {};
  }));
  return rows;
}

Result<void> SqliteStore::put(const std::string& policy_no, const app::DerivedRows& rows) {
  static const std::string put_case = upsert_sql<CaseRow>(), put_commission = upsert_sql<CommissionRow>(),
                           put_refused = upsert_sql<RefusedRow>(), put_ticket = insert_sql<TicketRow>(),
                           put_entry = insert_sql<EntryRow>();
  SHOUYUE_CHECK(remove<TicketRow>(policy_no));
  SHOUYUE_CHECK(remove<EntryRow>(policy_no));
  SHOUYUE_CHECK(rows.kase ? insert(policy_no, put_case, *rows.kase) : remove<CaseRow>(policy_no));
  SHOUYUE_CHECK(rows.commission ? insert(policy_no, put_commission, *rows.commission)
                                : remove<CommissionRow>(policy_no));
  SHOUYUE_CHECK(rows.refused ? insert(policy_no, put_refused, *rows.refused) : remove<RefusedRow>(policy_no));
  for (const TicketRow& ticket : rows.tickets) SHOUYUE_CHECK(insert(policy_no, put_ticket, ticket));
  for (const EntryRow& entry : rows.entries) SHOUYUE_CHECK(insert(policy_no, put_entry, entry));
  Statement* unmark = SHOUYUE_TRY(statement("DELETE FROM marked WHERE bucket = $1 AND policy_no = $2"));
  return unmark->bind(1, app::bucket_of(policy_no)).bind(2, policy_no).run();
}

Result<app::DerivedRows> SqliteStore::derived(const std::string& policy_no) {
  app::DerivedRows rows;
  if (auto found = SHOUYUE_TRY(rows_of<CaseRow>(policy_no, "")); !found.empty()) rows.kase = std::move(found.front());
  if (auto found = SHOUYUE_TRY(rows_of<CommissionRow>(policy_no, "")); !found.empty())
    rows.commission = std::move(found.front());
  if (auto found = SHOUYUE_TRY(rows_of<RefusedRow>(policy_no, "")); !found.empty())
    rows.refused = std::move(found.front());
  rows.tickets = SHOUYUE_TRY(rows_of<TicketRow>(policy_no, " ORDER BY ticket_id"));
  rows.entries = SHOUYUE_TRY(rows_of<EntryRow>(policy_no, " ORDER BY n"));
  return rows;
}

Result<void> SqliteStore::each_case(const app::Sink<CaseRow>& sink) {
  return each<CaseRow>(*SHOUYUE_TRY(statement(select_sql<CaseRow>("ORDER BY policy_no"))), sink);
}

Result<void> SqliteStore::each_ticket(const app::Sink<TicketRow>& sink) {
  return each<TicketRow>(*SHOUYUE_TRY(statement(select_sql<TicketRow>("ORDER BY policy_no, ticket_id"))), sink);
}

Result<void> SqliteStore::each_commission(const app::Sink<CommissionRow>& sink) {
  return each<CommissionRow>(*SHOUYUE_TRY(statement(select_sql<CommissionRow>("ORDER BY policy_no"))), sink);
}

Result<void> SqliteStore::each_entry(const app::Sink<EntryRow>& sink) {
  return each<EntryRow>(*SHOUYUE_TRY(statement(select_sql<EntryRow>("ORDER BY policy_no, n"))), sink);
}

Result<void> SqliteStore::each_refused(const app::Sink<RefusedRow>& sink) {
  return each<RefusedRow>(*SHOUYUE_TRY(statement(select_sql<RefusedRow>("ORDER BY policy_no"))), sink);
}

Result<void> SqliteStore::each_callable(Instant now, const app::Sink<CaseRow>& sink) {
  Statement* find = SHOUYUE_TRY(statement(
      select_sql<CaseRow>("WHERE next_slot_from <= $1 ORDER BY deadline NULLS LAST, leg_until NULLS LAST, policy_no")));
  find->bind(1, now);
  return each<CaseRow>(*find, sink);
}

Result<void> SqliteStore::each_person_on(Date day, const std::function<void(std::int64_t, int)>& sink) {
  Statement* find = SHOUYUE_TRY(statement(
      "SELECT person, sum(attempts_that_day) FROM case_state WHERE attempts_day = $1 AND person <> 0 GROUP BY person"));
  find->bind(1, day);
  while (SHOUYUE_TRY(find->step())) sink(find->integer(0), static_cast<int>(find->integer(1)));
  return {};
}

// Each part by its own index; one statement for all would be read in order of the policies, over every case.
Result<std::vector<std::string>> SqliteStore::due(std::int64_t derived_to, Instant now) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  const auto take = [&found](Statement* part) -> Result<void> {
    while (SHOUYUE_TRY(part->step())) found.emplace_back(part->integer(0), part->text(1));
    return {};
  };
  Statement* told = SHOUYUE_TRY(statement("SELECT bucket, policy_no FROM fact WHERE seq > $1"));
  told->bind(1, derived_to);
  SHOUYUE_CHECK(take(told));
  Statement* woken = SHOUYUE_TRY(statement("SELECT bucket, policy_no FROM case_state WHERE wake_at <= $1"));
  woken->bind(1, now);
  SHOUYUE_CHECK(take(woken));
  Statement* marked = SHOUYUE_TRY(statement("SELECT bucket, policy_no FROM marked"));
  SHOUYUE_CHECK(take(marked));
  Statement* refused = SHOUYUE_TRY(statement("SELECT bucket, policy_no FROM refused"));
  SHOUYUE_CHECK(take(refused));
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  std::vector<std::string> policies;
  policies.reserve(found.size());
  for (auto& [bucket, policy_no] : found) policies.push_back(std::move(policy_no));
  return policies;
}

Result<void> SqliteStore::mark(const std::string& policy_no) {
  Statement* put = SHOUYUE_TRY(
      statement("INSERT INTO marked (bucket, policy_no) VALUES ($1, $2) ON CONFLICT (bucket, policy_no) DO NOTHING"));
  return put->bind(1, app::bucket_of(policy_no)).bind(2, policy_no).run();
}

Result<void> SqliteStore::mark_with(app::ReferenceKind kind, const std::set<std::string>& codes) {
  // One pass over the cases: many codes may have changed at once.
  Statement* all = SHOUYUE_TRY(statement("SELECT policy_no, org_code, agent_code, product_code FROM case_state"));
  const int column = kind == app::ReferenceKind::organisation ? 1 : kind == app::ReferenceKind::agent ? 2 : 3;
  std::vector<std::string> found;
  while (SHOUYUE_TRY(all->step()))
    if (codes.contains(std::string(all->text(column)))) found.emplace_back(all->text(0));
  for (const std::string& policy_no : found) SHOUYUE_CHECK(mark(policy_no));
  return {};
}

Result<void> SqliteStore::mark_unsettled() {
  Statement* put = SHOUYUE_TRY(
      statement("INSERT INTO marked (bucket, policy_no) SELECT bucket, policy_no FROM commission WHERE status < 2 "
                "ON CONFLICT (bucket, policy_no) DO NOTHING"));
  return put->run();
}

Result<std::vector<app::SettlementRow>> SqliteStore::settlements() {
  Statement* find = SHOUYUE_TRY(
      statement("SELECT regime, year, month, cut_off, known_to FROM settlement ORDER BY regime, year, month"));
  std::vector<app::SettlementRow> rows;
  while (SHOUYUE_TRY(find->step())) {
    app::SettlementRow& row = rows.emplace_back();
    find->read(0, row.regime);
    find->read(1, row.year);
    find->read(2, row.month);
    find->read(3, row.cut_off);
    find->read(4, row.known_to);
  }
  return rows;
}

Result<void> SqliteStore::add_settlement(const app::SettlementRow& row) {
  Statement* put = SHOUYUE_TRY(
      statement("INSERT INTO settlement (regime, year, month, cut_off, known_to) VALUES ($1, $2, $3, $4, $5)"));
  put->bind(1, row.regime).bind(2, row.year).bind(3, row.month).bind(4, row.cut_off).bind(5, row.known_to);
  return put->run();
}

}  // namespace shouyue::store
