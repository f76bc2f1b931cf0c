#pragma once

#include "app/worklist.hpp"

// Taking cases from the worklist: a seat has a case for a while, and nobody else calls. A lease that ran out gives the
// case back with its rank.
namespace shouyue::app {

// Claims one case until `until`. In the same transaction the contact budget of the person is checked: calls made today
// and calls that other seats have taken count alike, so that the limit holds however many ask at once.
// Errors: claim.taken, claim.person_per_day_max, policy.not_found, those of PolicyDeriver and the store.
Result<ClaimRow> claim_case(Session& session, const std::string& policy_no, const std::string& seat, Instant until);

struct ClaimedRow {
  WorklistRow row;
  ClaimRow claim;
};
// Claims the best `request.limit` cases of the worklist of `request.seat` in one transaction, best first; fewer when
// there are no more. Errors: those of worklist and the store.
Result<std::vector<ClaimedRow>> claim_next(Session& session, const WorklistRequest& request, Instant until);

}  // namespace shouyue::app
