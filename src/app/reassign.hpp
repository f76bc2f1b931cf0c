#pragma once

#include "app/seat_calls.hpp"

namespace shouyue::app {

struct Reassignment {
  std::string policy_no;
  std::string seat;    // empty: back to the queue
  std::string reason;  // for the audit journal
};

// Takes the case from the seat that has it, if any, and lays it on the desk of another, which is given it before any
// other when it asks next, or puts it back into the queue with its rank. What was said on the phone still counts. Gives
// the claim of the new seat. In the audit journal.
// Errors, first that applies: reassign.reason (none), policy.not_found (not known, or outside of what the supervisor
// may see), worklist.unknown_seat, reassign.no_such_seat (no account has it), reassign.not_now (the rules allow no call
// at this moment, or that seat cannot make it), claim.person_per_day_max, claim.taken (by another seat at this moment).
Result<std::optional<ClaimRow>> reassign(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                                         const access::Account& supervisor, const Reassignment& wanted, Instant until);

}  // namespace shouyue::app
