#include "app/person_limit.hpp"

#include "regime/rows.hpp"

namespace shouyue::app {

Result<const regime::Clause*> person_limit(const regime::RuleBooks& books, const insurer::Policy& policy,
                                           const insurer::Surroundings& surroundings, int attempts_today) {
  const auto& limit = books.visits->followup->person_per_day_max;
  if (!limit || attempts_today == 0) return nullptr;
  const auto most = SHOUYUE_TRY(limit->on(policy.issued_on, regime::policy_row(policy, surroundings)));
  return attempts_today >= most.value ? most.clause : nullptr;
}

}  // namespace shouyue::app
