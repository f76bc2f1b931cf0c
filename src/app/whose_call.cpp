#include "app/whose_call.hpp"

namespace shouyue::app {

bool has_sold(std::string_view agent_code, const insurer::Policy& policy) {
  return !agent_code.empty() && agent_code == policy.agent_code;
}

Result<void> require_not_sold_by(std::string_view agent_code, const insurer::Policy& policy) {
  if (!has_sold(agent_code, policy)) return {};
  return refuse(Errc::rule_broken, "visits.by_seller",
                "who sold the policy must not make the visit; another person does",
                "回访不得由销售该保单的业务员进行，请由其他人员回访");
}

std::optional<std::string> operator_of(const LoadedPolicy& policy, const std::string& attempt_id) {
  const insurer::Attempt* newest = nullptr;
  for (const insurer::Attempt& attempt : policy.versions.attempts)
    if (attempt.attempt_id == attempt_id && (!newest || attempt.seq > newest->seq)) newest = &attempt;
  if (!newest) return std::nullopt;
  return newest->operator_code;
}

}  // namespace shouyue::app
