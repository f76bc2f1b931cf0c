#pragma once

#include "access/account.hpp"
#include "app/call_answers.hpp"
#include "app/claims.hpp"
#include "app/switchboard.hpp"

// The calls of the seats of a server: the same decisions as `worklist` and `claim`, from the open cases in memory.
namespace shouyue::app {

// What the seat `request.seat` has on its desk, the longest held first; else the best case of its worklist, claimed
// until `until`, that `account` at the seat did not sell. Empty: nothing may be called now. Before a case is claimed
// its facts are read and judged, and the claim holds only if they are the same when it is made. Errors:
// worklist.unknown_seat, those of the store.
Result<std::optional<ClaimedRow>> next_call(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                                            const access::Account& account, const WorklistRequest& request,
                                            Instant until);

// What the account's seat has on its desk, or nothing. Errors: those of the store.
Result<std::optional<ClaimedRow>> current_call(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                                               const access::Account& account);

// Takes in what came of a call, as `record` does, and gives the case back if `account`'s seat has it with that fence.
// What was said is a fact, whoever holds the case by now: a lease that ran out loses no call.
// Errors: policy.not_found for what the account may not see, visits.by_seller, claim.not_given (the case was never
// given out with that fence, or to another seat), attempts.of_another (somebody else wrote the attempt down),
// interview.not_answered (complete, though nobody answered), those of answer_entries, identity.not_checked, those of
// require_legal_slot, those of record.
struct WrapUp {
  std::string policy_no, attempt_id;
  std::int64_t fence = 0;
  Instant started_at;
  std::optional<Instant> appointment_at;  // what the holder was promised
  // As the attempt says.
  std::optional<insurer::Connection> connection;  // empty: no word that is one
  bool is_verified = false;                       // the holder's identity
  InterviewClaim claim;
  std::vector<GivenAnswer> answers;
  Entry attempt;  // the row of the file
};
Result<DerivedRows> wrap_up(Session& session, Switchboard& switchboard, const access::Account& account,
                            const WrapUp& wrap_up);

// Gives the case back if the seat has it with that fence; else nothing happens.
struct Desk {
  std::string seat, policy_no;
  std::int64_t fence = 0;
};
Result<void> give_back(Session& session, Switchboard& switchboard, const Desk& desk);

// While the call goes on: the lease lasts until then. Errors: claim.not_held when the seat has the case no longer.
Result<void> renew_call(Session& session, Switchboard& switchboard, const Desk& desk, Instant until);

}  // namespace shouyue::app
