#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "store/sql_store.hpp"

namespace shouyue::store {

using app::CaseRow;
using app::CommissionRow;
using app::EntryRow;
using app::ReceiptRow;
using app::RefusedRow;
using app::TicketRow;

namespace {

const TableColumns marked_columns{.name = "marked", .columns = {"bucket", "policy_no"}, .key = 2};

// The rows of cases as they are written: each with the number of its change.
const TableColumns& written_cases() {
  static const TableColumns result = [] {
    TableColumns columns = written<CaseRow>();
    columns.columns.emplace_back("change");
    return columns;
  }();
  return result;
}

template <class Row>
Rows rows_for() {
  return Rows(written<Row>().columns.size());
}

}  // namespace

Result<Coding> SqlStore::coding() {
  const Sealing* sealing = SHOUYUE_TRY(sealing_.in_use());
  return Coding{.lists = clause_lists_, .numbers = sealing ? &sealing->numbers() : nullptr};
}

template <class Row>
Result<void> SqlStore::add(Rows& rows, const std::string& policy_no, const Row& row) {
  Coding coding = SHOUYUE_TRY(this->coding());
  rows.add_value(app::bucket_of(policy_no));
  for (const auto& column : table<Row>().columns) {
    const Value value = SHOUYUE_TRY(column.value(row, coding));
    rows.add_value(value);
  }
  return {};
}

template <class Row>
Result<Row> SqlStore::read(const AnswerRow& answer) {
  Coding coding = SHOUYUE_TRY(this->coding());
  return row_of<Row>(answer, coding);
}

template <class Row>
Result<void> SqlStore::each(std::string_view tail, Parameters parameters, const app::Sink<Row>& sink) {
  return connection_->scan(select_sql<Row>(tail), parameters, [&](const AnswerRow& answer) -> Result<void> {
    Row row = SHOUYUE_TRY(read<Row>(answer));
    return sink(row);
  });
}

template <class Row, class Keep>
Result<void> SqlStore::rows_of_each(const Rows& policies, Keep keep) {
  static const std::string sql = select_sql<Row>("WHERE bucket = $1 AND policy_no = $2");
  return connection_->look_up(sql, policies, [&](std::size_t i, const AnswerRow& answer) -> Result<void> {
    Row row = SHOUYUE_TRY(read<Row>(answer));
    keep(i, std::move(row));
    return {};
  });
}

Result<void> SqlStore::put(std::span<const app::DerivedPolicy> policies) {
  Rows cases(written_cases().columns.size());
  auto tickets = rows_for<TicketRow>(), commission = rows_for<CommissionRow>(), entries = rows_for<EntryRow>(),
       receipts = rows_for<ReceiptRow>(), refused = rows_for<RefusedRow>();
  const std::int64_t change = SHOUYUE_TRY(number_of_change());
  Rows all(2), without_case(2), without_commission(2), without_receipt(2), without_refusal(2);
  for (const auto& [policy_no, rows] : policies) {
    const std::int64_t bucket = app::bucket_of(policy_no);
    all.add({bucket, policy_no});
    if (rows.kase) {
      SHOUYUE_CHECK(add(cases, policy_no, *rows.kase));
      cases.add_value(change);
    } else {
      without_case.add({bucket, policy_no});
    }
    if (rows.commission)
      SHOUYUE_CHECK(add(commission, policy_no, *rows.commission));
    else
      without_commission.add({bucket, policy_no});
    if (rows.receipt)
      SHOUYUE_CHECK(add(receipts, policy_no, *rows.receipt));
    else
      without_receipt.add({bucket, policy_no});
    if (rows.refused)
      SHOUYUE_CHECK(add(refused, policy_no, *rows.refused));
    else
      without_refusal.add({bucket, policy_no});
    for (const TicketRow& ticket : rows.tickets) SHOUYUE_CHECK(add(tickets, policy_no, ticket));
    for (const EntryRow& entry : rows.entries) SHOUYUE_CHECK(add(entries, policy_no, entry));
  }
  SHOUYUE_CHECK(connection_->remove(written<CaseRow>(), without_case));
  SHOUYUE_CHECK(connection_->replace(written_cases(), cases));
  SHOUYUE_CHECK(connection_->remove(written<CommissionRow>(), without_commission));
  SHOUYUE_CHECK(connection_->replace(written<CommissionRow>(), commission));
  SHOUYUE_CHECK(connection_->remove(written<ReceiptRow>(), without_receipt));
  SHOUYUE_CHECK(connection_->replace(written<ReceiptRow>(), receipts));
  SHOUYUE_CHECK(connection_->remove(written<RefusedRow>(), without_refusal));
  SHOUYUE_CHECK(connection_->replace(written<RefusedRow>(), refused));
  SHOUYUE_CHECK(connection_->remove(written<TicketRow>(), all));
  SHOUYUE_CHECK(connection_->insert(written<TicketRow>(), tickets));
  SHOUYUE_CHECK(connection_->remove(written<EntryRow>(), all));
  SHOUYUE_CHECK(connection_->insert(written<EntryRow>(), entries));
  return note_changes(policies);
}

// What others are told of a policy changes its digest; when it is worked on next and whose it is do not.
template <class Row>
Result<void> SqlStore::add_to(std::string& text, const Row& row) {
  static constexpr std::array untold{"wake_at",    "leg_until", "next_slot_from", "person",
                                     "active_leg", "by_holder", "promised_at",    "known_to"};
  Coding coding = SHOUYUE_TRY(this->coding());
  for (const auto& column : table<Row>().columns) {
    if (std::ranges::find(untold, column.name) != untold.end()) continue;
    const Value value = SHOUYUE_TRY(column.value(row, coding));
    if (value.kind() == Value::Kind::integer) text += std::to_string(value.integer());
    if (value.kind() == Value::Kind::text) text += value.text();
    text += '\x1f';
  }
  text += '\x1e';
  return {};
}

// Writers of derived rows follow each other, so positions come in the order of the transactions and none is skipped.
Result<void> SqlStore::note_changes(std::span<const app::DerivedPolicy> policies) {
  static const TableColumns changed{
      .name = "changed_policy", .columns = {"bucket", "policy_no", "digest", "n"}, .key = 2};
  std::int64_t n = SHOUYUE_TRY(ports_.newest_change());
  Rows rows(changed.columns.size());
  std::string text;
  for (const auto& [policy_no, derived] : policies) {
    text.clear();
    if (derived.kase) SHOUYUE_CHECK(add_to(text, *derived.kase));
    if (derived.refused) SHOUYUE_CHECK(add_to(text, *derived.refused));
    for (const TicketRow& ticket : derived.tickets) SHOUYUE_CHECK(add_to(text, ticket));
    if (derived.commission) SHOUYUE_CHECK(add_to(text, *derived.commission));
    for (const EntryRow& entry : derived.entries) SHOUYUE_CHECK(add_to(text, entry));
    const auto digest = static_cast<std::int64_t>(stable_hash(text));
    rows.add({app::bucket_of(policy_no), policy_no, digest, ++n});
  }
  return connection_->upsert(
      changed, rows,
      "UPDATE SET digest = excluded.digest, n = excluded.n WHERE changed_policy.digest <> excluded.digest "
      "RETURNING n",
      [](const AnswerRow&) { return Result<void>(); });
}

// One for each transaction, one higher than the last: whoever has seen all up to a number reads on from there.
Result<std::int64_t> SqlStore::number_of_change() {
  ensure(connection_->has_transaction(), "a change has its number in a transaction only");
  if (change_ < 0) {
    change_ = SHOUYUE_TRY(newest_change()) + 1;
    SHOUYUE_CHECK(set_meta("change", std::to_string(change_)));
  }
  return change_;
}

Result<std::int64_t> SqlStore::newest_change() {
  const auto text = SHOUYUE_TRY(meta("change"));
  return text ? std::stoll(*text) : 0;
}

Result<app::DerivedRows> SqlStore::derived(const std::string& policy_no) {
  auto found = SHOUYUE_TRY(derived_of_each(std::span(&policy_no, 1)));
  return std::move(found.front());
}

Result<std::vector<app::DerivedRows>> SqlStore::derived_of_each(std::span<const std::string> policies) {
  const Rows keys = policy_keys(policies);
  std::vector<app::DerivedRows> found(policies.size());
  SHOUYUE_CHECK(rows_of_each<CaseRow>(keys, [&](std::size_t i, CaseRow row) { found[i].kase = std::move(row); }));
  SHOUYUE_CHECK(rows_of_each<CommissionRow>(
      keys, [&](std::size_t i, CommissionRow row) { found[i].commission = std::move(row); }));
  SHOUYUE_CHECK(
      rows_of_each<ReceiptRow>(keys, [&](std::size_t i, ReceiptRow row) { found[i].receipt = std::move(row); }));
  SHOUYUE_CHECK(
      rows_of_each<RefusedRow>(keys, [&](std::size_t i, RefusedRow row) { found[i].refused = std::move(row); }));
  SHOUYUE_CHECK(
      rows_of_each<TicketRow>(keys, [&](std::size_t i, TicketRow row) { found[i].tickets.push_back(std::move(row)); }));
  SHOUYUE_CHECK(
      rows_of_each<EntryRow>(keys, [&](std::size_t i, EntryRow row) { found[i].entries.push_back(std::move(row)); }));
  for (app::DerivedRows& rows : found) {
    std::ranges::sort(rows.tickets, {}, &TicketRow::ticket_id);
    std::ranges::sort(rows.entries, {}, &EntryRow::n);
  }
  return found;
}

Result<void> SqlStore::each_case(const app::Sink<CaseRow>& sink) {
  return each<CaseRow>("ORDER BY policy_no", {}, sink);
}

Result<void> SqlStore::each_ticket(const app::Sink<TicketRow>& sink) {
  return each<TicketRow>("ORDER BY policy_no, ticket_id", {}, sink);
}

Result<void> SqlStore::each_commission(const app::Sink<CommissionRow>& sink) {
  return each<CommissionRow>("ORDER BY policy_no", {}, sink);
}

Result<void> SqlStore::each_entry(const app::Sink<EntryRow>& sink) {
  return each<EntryRow>("ORDER BY policy_no, n", {}, sink);
}

Result<void> SqlStore::each_receipt(const app::Sink<ReceiptRow>& sink) {
  return each<ReceiptRow>("ORDER BY policy_no", {}, sink);
}

Result<void> SqlStore::each_refused(const app::Sink<RefusedRow>& sink) {
  return each<RefusedRow>("ORDER BY policy_no", {}, sink);
}

Result<void> SqlStore::each_callable(Instant now, const app::Sink<CaseRow>& sink) {
  return each<CaseRow>("WHERE next_slot_from <= $1 ORDER BY deadline NULLS LAST, leg_until NULLS LAST, policy_no",
                       {now}, sink);
}

Result<void> SqlStore::each_open(const app::Sink<app::OpenCase>& sink) {
  return each<app::OpenCase>("WHERE next_slot_from IS NOT NULL", {}, sink);
}

Result<void> SqlStore::each_changed(std::int64_t after, const app::Sink<app::OpenCase>& sink) {
  return each<app::OpenCase>("WHERE change > $1", {after}, sink);
}

Result<void> SqlStore::each_called_on(Date day, std::int64_t after, const app::Sink<app::CalledCase>& sink) {
  return connection_->scan(
      "SELECT policy_no, org_code, success_on FROM case_state WHERE attempts_day = $1 AND change > $2", {day, after},
      [&sink](const AnswerRow& answer) {
        app::CalledCase row;
        answer.read(0, row.policy_no);
        answer.read(1, row.org_code);
        answer.read(2, row.success_on);
        return sink(row);
      });
}

Result<std::vector<std::int64_t>> SqlStore::known_to_of_each(std::span<const std::string> policies) {
  std::vector<std::int64_t> positions(policies.size());
  SHOUYUE_CHECK(connection_->look_up("SELECT known_to FROM case_state WHERE bucket = $1 AND policy_no = $2",
                                     policy_keys(policies), [&](std::size_t i, const AnswerRow& row) {
                                       positions[i] = row.integer(0);
                                       return Result<void>();
                                     }));
  return positions;
}

Result<void> SqlStore::each_person_on(Date day, const std::function<void(std::int64_t, int)>& sink) {
  return connection_->scan(
      "SELECT person, CAST(sum(attempts_that_day) AS BIGINT) FROM case_state WHERE attempts_day = $1 AND person <> 0 "
      "GROUP BY person",
      {day}, [&](const AnswerRow& row) -> Result<void> {
        const std::int64_t person = SHOUYUE_TRY(sealing_.shown(row.integer(0)));
        sink(person, static_cast<int>(row.integer(1)));
        return {};
      });
}

// Each part by its own index; one statement for all would be read in order of the policies, over every case.
Result<std::vector<std::string>> SqlStore::due(std::int64_t derived_to, Instant now) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  const auto take = [&found](const AnswerRow& row) -> Result<void> {
    found.emplace_back(row.integer(0), row.text(1));
    return {};
  };
  SHOUYUE_CHECK(connection_->scan(
      "SELECT f.bucket, f.policy_no FROM fact AS f LEFT JOIN case_state AS c ON c.bucket = f.bucket AND c.policy_no = "
      "f.policy_no WHERE f.seq > $1 AND f.kind <> 6 AND coalesce(c.known_to, 0) < f.seq",
      {derived_to}, take));
  SHOUYUE_CHECK(connection_->scan("SELECT bucket, policy_no FROM case_state WHERE wake_at <= $1", {now}, take));
  SHOUYUE_CHECK(connection_->scan("SELECT bucket, policy_no FROM marked", {}, take));
  SHOUYUE_CHECK(connection_->scan("SELECT bucket, policy_no FROM refused", {}, take));
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  std::vector<std::string> policies;
  policies.reserve(found.size());
  for (auto& [bucket, policy_no] : found) policies.push_back(std::move(policy_no));
  return policies;
}

Result<void> SqlStore::mark(std::span<const std::string> policies) {
  return connection_->insert_absent(marked_columns, policy_keys(policies));
}

Result<void> SqlStore::unmark(std::span<const std::string> policies) {
  return connection_->remove(marked_columns, policy_keys(policies));
}

Result<void> SqlStore::mark_with(app::ReferenceKind kind, const std::set<std::string>& codes) {
  // One pass over the cases: many codes may have changed at once.
  const int column = kind == app::ReferenceKind::organisation ? 1 : kind == app::ReferenceKind::agent ? 2 : 3;
  std::vector<std::string> found;
  SHOUYUE_CHECK(connection_->scan("SELECT policy_no, org_code, agent_code, product_code FROM case_state", {},
                                  [&](const AnswerRow& row) {
                                    if (codes.contains(std::string(row.text(column)))) found.emplace_back(row.text(0));
                                    return Result<void>();
                                  }));
  return mark(found);
}

Result<void> SqlStore::mark_unsettled() {
  return connection_->run(
      "INSERT INTO marked (bucket, policy_no) SELECT bucket, policy_no FROM commission WHERE status < 2 "
      "ON CONFLICT (bucket, policy_no) DO NOTHING",
      {});
}

Result<std::vector<app::SettlementRow>> SqlStore::settlements() {
  std::vector<app::SettlementRow> rows;
  SHOUYUE_CHECK(
      connection_->query("SELECT regime, year, month, cut_off, known_to FROM settlement ORDER BY regime, year, month",
                         {}, [&rows](const AnswerRow& answer) {
                           app::SettlementRow& row = rows.emplace_back();
                           answer.read(0, row.regime);
                           answer.read(1, row.year);
                           answer.read(2, row.month);
                           answer.read(3, row.cut_off);
                           answer.read(4, row.known_to);
                           return Result<void>();
                         }));
  return rows;
}

Result<void> SqlStore::add_settlement(const app::SettlementRow& row) {
  return connection_->run("INSERT INTO settlement (regime, year, month, cut_off, known_to) VALUES ($1, $2, $3, $4, $5)",
                          {row.regime, row.year, row.month, row.cut_off, row.known_to});
}

}  // namespace shouyue::store
