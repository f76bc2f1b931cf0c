#include "app/fact_checks.hpp"

namespace shouyue::app {
namespace {

using insurer::FileKind;

bool is_about_known_policies(FileKind kind) {
  return kind == FileKind::receipts || kind == FileKind::attempts || kind == FileKind::ticket_steps ||
         kind == FileKind::policy_changes || kind == FileKind::answers;
}

void reject(PreparedRow& row, std::string_view column, std::string value, const std::string& rule,
            const std::string& en, const std::string& zh) {
  row.problems.push_back({.column = std::string(column),
                          .value = std::move(value),
                          .error = {Errc::rule_broken, rule, en, zh},
                          .is_warning = false});
}

// For each row whether its policy is known and lies outside of the scope.
Result<std::vector<bool>> outside_of(Store& store, const ImportScope& scope, std::span<PreparedRow> rows) {
  std::vector<bool> outside(rows.size(), false);
  if (!scope) return outside;
  std::vector<FactKey> keys;
  for (const PreparedRow& row : rows) keys.push_back({insurer::FactKind::policy, row.fact.key.policy_no, {}});
  const auto newest = SHOUYUE_TRY(store.newest(keys));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!newest[i]) continue;
    insurer::Policy policy;
    SHOUYUE_CHECK(insurer::decode(newest[i]->body, newest[i]->personal, policy));
    outside[i] = !scope(policy.org_code);
  }
  return outside;
}

Result<void> check_numbers(Store& store, const ImportScope& scope, std::span<PreparedRow> rows) {
  const auto outside = SHOUYUE_TRY(outside_of(store, scope, rows));
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (outside[i])
      reject(rows[i], "policy_no", rows[i].fact.key.policy_no, "policies.number_in_use",
             "the number is that of a policy of another office", "该保单号属于其他机构的保单");
  return {};
}

}  // namespace

Result<void> check_against_store(Store& store, FileKind kind, const ImportScope& scope, std::span<PreparedRow> rows) {
  if (kind == FileKind::policies) return check_numbers(store, scope, rows);
  if (!is_about_known_policies(kind)) return {};
  const auto outside = SHOUYUE_TRY(outside_of(store, scope, rows));
  std::vector<std::string> policies;
  for (const PreparedRow& row : rows) policies.push_back(row.fact.key.policy_no);
  const auto issued = SHOUYUE_TRY(store.issued(policies));
  const std::string file(code_of(kind));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PreparedRow& row = rows[i];
    if (insurer::has_error(row.problems)) continue;
    if (!issued[i] || outside[i])
      reject(row, "policy_no", policies[i], file + ".unknown_policy",
             "no policy has the number " + policies[i] + "; import it first",
             "保单 " + policies[i] + " 不存在，请先导入保单");
    else if (row.signed_on && Instant::start_of(*row.signed_on) < *issued[i])
      reject(row, "signed_on", row.signed_on->text(), "receipts.before_issue",
             "the receipt is signed before the policy was issued on " + issued[i]->date().text(),
             "回执签收日期早于承保日期 " + issued[i]->date().text());
  }
  return {};
}

}  // namespace shouyue::app
