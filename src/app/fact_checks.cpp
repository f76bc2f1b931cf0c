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

}  // namespace

Result<void> check_against_store(Store& store, FileKind kind, std::span<PreparedRow> rows) {
  if (!is_about_known_policies(kind)) return {};
  std::vector<std::string> policies;
  for (const PreparedRow& row : rows) policies.push_back(row.fact.key.policy_no);
  const auto issued = SHOUYUE_TRY(store.issued(policies));
  const std::string file(code_of(kind));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PreparedRow& row = rows[i];
    if (insurer::has_error(row.problems)) continue;
    if (!issued[i])
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
