#include "app/seat_calls.hpp"

#include "app/identity_check.hpp"
#include "app/legal_slots.hpp"
#include "app/record.hpp"
#include "app/scope.hpp"
#include "app/whose_call.hpp"

namespace shouyue::app {
namespace {

// In a transaction: whether the seat has the case with that fence, as a lease that may have run out.
Result<bool> has(Store& store, const Desk& desk) {
  const auto claim = SHOUYUE_TRY(store.claim_of(desk.policy_no));
  return claim && claim->seat == desk.seat && claim->fence == desk.fence;
}

// In a transaction. Each time that the case is given out its fence is one higher.
Result<void> require_given(Store& store, const Desk& desk) {
  const auto claim = SHOUYUE_TRY(store.claim_of(desk.policy_no));
  const bool is_taken_over = claim && claim->fence > desk.fence;
  const bool is_own = claim && claim->fence == desk.fence && claim->seat == desk.seat;
  if (desk.fence > 0 && (is_taken_over || is_own)) return {};
  return refuse(Errc::conflict, "claim.not_given", "this case was not given to your seat; take the next one",
                "该任务未分派给本坐席，请领取下一任务");
}

Result<void> require_own_attempt(const LoadedPolicy& policy, const access::Account& account,
                                 const std::string& attempt_id) {
  const auto made_by = operator_of(policy, attempt_id);
  if (!made_by || *made_by == account.name) return {};
  return refuse(Errc::conflict, "attempts.of_another",
                "another person wrote down the attempt '" + attempt_id + "'; give this one a number of its own",
                "编号为“" + attempt_id + "”的拨打由他人登记，请使用新的编号");
}

Result<void> require_answered(const WrapUp& wrap_up) {
  const bool is_complete = wrap_up.claim.interview == insurer::Interview::complete;
  // What is no connection at all is refused with the attempt.
  if (!is_complete || !wrap_up.connection || *wrap_up.connection == insurer::Connection::answered) return {};
  return refuse(Errc::invalid_input, "interview.not_answered",
                "who answered every question was reached; say that the call was answered",
                "问卷已全部完成，接通结果应选“接通”");
}

// A promise is checked when it is made; told again it stands.
Result<void> check_promise(Session& session, PolicyDeriver& deriver, const LoadedPolicy& policy,
                           const WrapUp& wrap_up) {
  if (!wrap_up.appointment_at || operator_of(policy, wrap_up.attempt_id)) return {};
  return require_legal_slot(session, deriver, policy.policy_no, wrap_up.started_at, *wrap_up.appointment_at);
}

// In a transaction.
Result<bool> clear(Store& store, const Desk& desk) {
  const bool is_mine = SHOUYUE_TRY(has(store, desk));
  if (is_mine) SHOUYUE_CHECK(store.release(desk.policy_no, desk.fence));
  SHOUYUE_CHECK(store.remove_held(desk.seat, desk.policy_no, desk.fence));
  return is_mine;
}

}  // namespace

Result<DerivedRows> wrap_up(Session& session, Switchboard& switchboard, const access::Account& account,
                            const WrapUp& wrap_up) {
  DerivedRows rows;
  bool is_given_back = false;
  const auto write = [&](Store& store) -> Result<void> {
    Session here{store, session.now, session.who, session.home, session.profile_path};
    PolicyDeriver deriver = SHOUYUE_TRY(switchboard.rules().for_session(here));
    const auto policy = SHOUYUE_TRY(deriver.read(wrap_up.policy_no, here.now));
    SHOUYUE_CHECK(require_in_scope(account, deriver, policy.policy(), here.now.date()));
    SHOUYUE_CHECK(require_not_sold_by(account.agent_code, policy.policy()));
    const Desk desk{account.seat, wrap_up.policy_no, wrap_up.fence};
    SHOUYUE_CHECK(require_given(store, desk));
    SHOUYUE_CHECK(require_answered(wrap_up));
    SHOUYUE_CHECK(require_own_attempt(policy, account, wrap_up.attempt_id));
    auto entries = SHOUYUE_TRY(answer_entries(store, policy, wrap_up.attempt_id, wrap_up.answers, wrap_up.claim));
    if (wrap_up.is_verified) SHOUYUE_CHECK(require_passed_check(here, policy.policy(), wrap_up.started_at));
    SHOUYUE_CHECK(check_promise(here, deriver, policy, wrap_up));
    entries.insert(entries.begin(), wrap_up.attempt);
    rows = SHOUYUE_TRY(record_within(here, deriver, wrap_up.policy_no, entries));
    is_given_back = SHOUYUE_TRY(clear(store, desk));
    return {};
  };
  SHOUYUE_CHECK(switchboard.write_facts(session.store, write));
  if (is_given_back) switchboard.cases().release(wrap_up.policy_no);
  return rows;
}

Result<void> give_back(Session& session, Switchboard& switchboard, const Desk& desk) {
  bool is_given_back = false;
  const auto write = [&](Store& store) -> Result<void> {
    is_given_back = SHOUYUE_TRY(clear(store, desk));
    return {};
  };
  SHOUYUE_CHECK(switchboard.write_claims(session.store, write));
  if (is_given_back) switchboard.cases().release(desk.policy_no);
  return {};
}

Result<void> renew_call(Session& session, Switchboard& switchboard, const Desk& desk, Instant until) {
  const auto write = [&](Store& store) -> Result<void> {
    bool is_kept = SHOUYUE_TRY(has(store, desk));
    if (is_kept) is_kept = SHOUYUE_TRY(store.renew(desk.policy_no, desk.fence, session.now, until));
    if (is_kept) return {};
    return refuse(Errc::conflict, "claim.not_held", "this seat does not hold the case any more; take the next one",
                  "本坐席已不再持有该任务，请领取下一任务");
  };
  SHOUYUE_CHECK(switchboard.write_claims(session.store, write));
  switchboard.cases().hold(desk.policy_no, until);
  return {};
}

}  // namespace shouyue::app
