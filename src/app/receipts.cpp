#include "app/receipts.hpp"

namespace shouyue::app {

std::vector<std::string> receipt_marks(const receipt::Standing& standing) {
  std::vector<std::string> marks;
  if (!standing.returned_on) marks.emplace_back("outstanding");
  if (standing.late) marks.emplace_back("late");
  if (standing.handed_in_late) marks.emplace_back("handed_in_late");
  if (!standing.signature_ok) marks.emplace_back("signature_differs");
  if (!standing.warnings.empty()) marks.emplace_back("warned");
  return marks;
}

Result<ReceiptTroubles> receipt_troubles(Session& session, const std::string& agent) {
  ReceiptTroubles result{.deriver = std::make_shared<PolicyDeriver>(SHOUYUE_TRY(PolicyDeriver::load(session))),
                         .receipts = {}};
  std::vector<std::string> policies;
  SHOUYUE_CHECK(session.store.each_policy_by_number([&](std::string& policy_no) -> Result<void> {
    policies.push_back(std::move(policy_no));
    return {};
  }));
  for (const std::string& policy_no : policies) {
    const LoadedPolicy policy = SHOUYUE_TRY(result.deriver->read(policy_no, session.now));
    const auto state = PolicyDeriver::derive(policy, session.now);
    if (!state || !state->receipt || (!agent.empty() && state->facts.policy.agent_code != agent)) continue;
    auto marks = receipt_marks(*state->receipt);
    if (marks.empty()) continue;
    result.receipts.push_back({.policy_no = policy_no,
                               .agent_code = state->facts.policy.agent_code,
                               .org_code = state->facts.policy.org_code,
                               .standing = *state->receipt,
                               .marks = std::move(marks)});
  }
  return result;
}

}  // namespace shouyue::app
