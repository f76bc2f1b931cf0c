#pragma once

#include "base/money.hpp"
#include "commission/ledger.hpp"
#include "followup/case.hpp"
#include "receipt/derive.hpp"
#include "worklist/context.hpp"

namespace shouyue::commission {

// What commission rules read about one policy at one moment.
struct Snapshot {
  expr::Row row;  // of the commission schema
  expr::Row policy_row;
  Date governing;
  Money commission;  // of the first period; 0 when not known
  std::string agent_code;
  std::vector<std::string> released;  // ids of the reasons that two persons have set aside
  std::vector<const regime::Clause*> receipt_rules;
};

Snapshot look(const worklist::Context& context, const followup::Case& follow_up, const receipt::Standing& receipt);

// The standing that the rules give for a snapshot, without its month. A release by hand sets the holds and withholds
// aside that it was granted for, no later one and never a cancellation, and deductions are made all the same: the
// reason is `released_by_hand`.
// `settled_before`: a settlement has passed over the policy, so that a reason that only waits now defers. Errors:
// regime.not_in_force, regime.ambiguous_exception.
Result<Standing> standing_of(const Snapshot& snapshot, const regime::Commission& book, bool settled_before);

}  // namespace shouyue::commission
