#pragma once

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// A receipt that is missing or not in order.
struct ReceiptTrouble {
  std::string policy_no, agent_code, org_code;
  receipt::Standing standing;
  std::vector<std::string> marks;  // outstanding, late, handed_in_late, signature_differs, warned
};

struct ReceiptTroubles {
  std::shared_ptr<PolicyDeriver> deriver;  // holds the clauses
  std::vector<ReceiptTrouble> receipts;    // by policy number
};

// outstanding, late, handed_in_late, signature_differs, warned, as far as they hold.
std::vector<std::string> receipt_marks(const receipt::Standing& standing);

// The receipts at `session.now` that are not in order, of the policies whose books rule receipts; `agent` empty: of
// all. Policies that cannot be derived are passed over. Errors: those of PolicyDeriver and the store.
Result<ReceiptTroubles> receipt_troubles(Session& session, const std::string& agent);

}  // namespace shouyue::app
