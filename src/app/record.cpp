#include "app/record.hpp"

#include "app/case_store.hpp"
#include "app/fact_checks.hpp"
#include "app/import_rows.hpp"

namespace shouyue::app {
namespace {

Result<PreparedRow> prepared(const Entry& entry, const Directory& directory) {
  std::vector<std::string_view> headings, cells;
  for (const auto& [column, text] : entry.fields) {
    headings.push_back(column);
    cells.push_back(text);
  }
  insurer::Header header = SHOUYUE_TRY(insurer::match_header(entry.kind, headings));
  return RowReader(entry.kind, std::move(header), directory).prepare({.line = 1, .fields = cells});
}

Result<void> refuse_problems(const PreparedRow& row) {
  for (const insurer::RowProblem& problem : row.problems)
    if (!problem.is_warning)
      return refuse(problem.error.code, problem.error.rule, problem.column + ": " + problem.error.en,
                    problem.column + "：" + problem.error.zh);
  return {};
}

bool says(const std::optional<insurer::FactText>& known, const insurer::CanonicalText& text) {
  return known && known->body == text.body && known->personal == text.personal;
}

}  // namespace

Result<DerivedRows> record(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                           const std::vector<Entry>& entries, const std::function<Result<void>()>& also) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  DerivedRows derived = SHOUYUE_TRY(record_within(session, deriver, policy_no, entries));
  if (also) SHOUYUE_CHECK(also());
  SHOUYUE_CHECK(transaction.commit());
  return derived;
}

Result<DerivedRows> record_within(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                                  const std::vector<Entry>& entries) {
  std::vector<NewFact> facts;
  std::vector<FurtherPhone> further;
  for (const Entry& entry : entries) {
    std::vector<PreparedRow> rows;
    rows.push_back(SHOUYUE_TRY(prepared(entry, deriver.directory())));
    SHOUYUE_CHECK(refuse_problems(rows[0]));
    ensure(rows[0].fact.key.policy_no == policy_no, "entries are about one policy");
    SHOUYUE_CHECK(check_against_store(session.store, entry.kind, {}, rows));
    SHOUYUE_CHECK(refuse_problems(rows[0]));
    const auto newest = SHOUYUE_TRY(session.store.newest(std::span(&rows[0].fact.key, 1)));
    if (says(newest[0], rows[0].fact.text)) continue;
    for (const std::int64_t phone : rows[0].further_phones) further.push_back({.phone = phone, .policy_no = policy_no});
    facts.push_back(std::move(rows[0].fact));
  }
  SHOUYUE_CHECK(session.store.cases().put_further_phones(further));
  SHOUYUE_CHECK(session.store.append(facts));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  DerivedRows derived = PolicyDeriver::derive_rows(policy, session.now);
  const DerivedPolicy stored{policy_no, derived};
  SHOUYUE_CHECK(session.store.put(std::span(&stored, 1)));
  return derived;
}

}  // namespace shouyue::app
