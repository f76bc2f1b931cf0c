#include "app/person_limit.hpp"
#include "app/seat_calls.hpp"
#include "app/whose_call.hpp"

namespace shouyue::app {
namespace {

constexpr int looks_max = 500;  // of one request: when a window has just closed there are many

// What stands in the way of a case at the moment of its claim.
enum class Found : std::uint8_t { free, taken, changed, day_used_up, day_reserved };

class CallSearch {
 public:
  CallSearch(Session& session, PolicyDeriver& deriver, Switchboard& switchboard, const access::Account& account,
             const WorklistRequest& request, const Seat* seat, Instant until)
      : session_(session),
        deriver_(deriver),
        switchboard_(switchboard),
        account_(account),
        request_(request),
        seat_(seat),
        until_(until),
        today_(session.now.date()) {}

  // The longest held case that the seat still has; what it has no longer, what nobody need call any more, or what the
  // person at it sold is cleared from its desk.
  Result<std::optional<ClaimedRow>> held() {
    for (const HeldCase& held : SHOUYUE_TRY(session_.store.held_by(request_.seat))) {
      const auto claim = SHOUYUE_TRY(session_.store.claim_of(held.policy_no));
      const bool is_mine = claim && claim->seat == held.seat && claim->fence == held.fence;
      if (is_mine && claim->lease_until > session_.now) {
        auto row = SHOUYUE_TRY(row_on_desk(held.policy_no));
        if (row) return ClaimedRow{std::move(*row), *claim};
      }
      SHOUYUE_CHECK(give_back(session_, switchboard_, {held.seat, held.policy_no, held.fence}));
    }
    return std::nullopt;
  }

  Result<std::optional<ClaimedRow>> best() {
    auto claimed = look();
    for (const std::string& policy_no : own_sales_) switchboard_.cases().release(policy_no);
    return claimed;
  }

 private:
  Result<std::optional<ClaimedRow>> look() {
    for (int looks = 0; looks < looks_max; ++looks) {
      const auto policy_no = switchboard_.cases().take(request_, seat_, deriver_, session_.now);
      if (!policy_no) break;
      auto claimed = SHOUYUE_TRY(look_and_claim(*policy_no));
      if (claimed) return claimed;
    }
    return std::nullopt;
  }

  // A call that is under way may end after its hour.
  Result<std::optional<WorklistRow>> row_on_desk(const std::string& policy_no) {
    const auto policy = deriver_.read(policy_no, session_.now);
    if (!policy && policy.error().code == Errc::environment) return std::unexpected(policy.error());
    if (!policy || has_sold(account_.agent_code, policy->policy())) return std::nullopt;
    const auto state = PolicyDeriver::derive(*policy, session_.now);
    if (!state) return std::nullopt;
    return row_of_active(*policy, *state, session_.now);
  }

  // A case that cannot be had now is looked at again in a minute, as it was taken, unless more is known.
  Result<std::optional<ClaimedRow>> look_and_claim(const std::string& policy_no) {
    const auto policy = deriver_.read(policy_no, session_.now);
    if (!policy && policy.error().code == Errc::environment) return std::unexpected(policy.error());
    if (!policy) return std::nullopt;
    if (has_sold(account_.agent_code, policy->policy())) {
      own_sales_.push_back(policy_no);
      return std::nullopt;
    }
    // Cases of persons whose day is used up come one after the other: after the first no claim is tried for nothing.
    if (met_used_up_day_ && SHOUYUE_TRY(day_of_person(session_.store, *policy, today_, session_.now)).used_up) {
      wait_for_tomorrow(policy_no);
      return std::nullopt;
    }
    const auto state = PolicyDeriver::derive(*policy, session_.now);
    if (!state) return std::nullopt;
    Callable callable = SHOUYUE_TRY(look_at(*policy, *state, request_, seat_, session_.now));
    if (!callable.row) return std::nullopt;
    ClaimRow claim;
    OpenCases& cases = switchboard_.cases();
    switch (SHOUYUE_TRY(try_claim(*policy, claim))) {
      case Found::free: cases.hold(policy_no, until_); return ClaimedRow{std::move(*callable.row), claim};
      case Found::changed: cases.release(policy_no); break;
      case Found::day_used_up: wait_for_tomorrow(policy_no); break;
      case Found::taken:
      case Found::day_reserved: break;
    }
    return std::nullopt;
  }

  void wait_for_tomorrow(const std::string& policy_no) {
    met_used_up_day_ = true;
    switchboard_.cases().hold(policy_no, Instant::start_of(today_ + 1));
  }

  Result<Found> try_claim(const LoadedPolicy& policy, ClaimRow& claim) {
    Found found = Found::free;
    const auto done = switchboard_.write_claims(session_.store, [&](Store& store) -> Result<void> {
      found = SHOUYUE_TRY(claim_within(store, policy, claim));
      if (found == Found::free) return {};
      return refuse(Errc::conflict, "claim.taken", "the case cannot be had now", "该件现在不能领取");
    });
    if (!done && (found == Found::free || done.error().code == Errc::environment)) return std::unexpected(done.error());
    return found;
  }

  Result<Found> claim_within(Store& store, const LoadedPolicy& policy, ClaimRow& claim) const {
    // Calls made today and calls that other seats have taken count alike.
    const PersonDay day = SHOUYUE_TRY(day_of_person(store, policy, today_, session_.now));
    if (day.limit) return day.used_up ? Found::day_used_up : Found::day_reserved;
    const auto claimed = SHOUYUE_TRY(store.claim(policy.policy_no, request_.seat, session_.now, until_));
    if (!claimed) return Found::taken;
    // The row of the claim is ours now: who had it before has committed what came of the call.
    const std::int64_t newest = SHOUYUE_TRY(store.newest_seq_of(policy.policy_no));
    if (newest != policy.newest_seq()) {
      SHOUYUE_CHECK(store.release(policy.policy_no, claimed->fence));
      return Found::changed;
    }
    claim = *claimed;
    SHOUYUE_CHECK(store.put_held(
        {.seat = request_.seat, .policy_no = policy.policy_no, .fence = claim.fence, .since = session_.now}));
    return Found::free;
  }

  Session& session_;
  PolicyDeriver& deriver_;
  Switchboard& switchboard_;
  const access::Account& account_;
  const WorklistRequest& request_;
  const Seat* seat_;
  Instant until_;
  Date today_;
  bool met_used_up_day_ = false;
  std::vector<std::string> own_sales_;  // passed over; other seats may have them
};

}  // namespace

Result<std::optional<ClaimedRow>> next_call(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                                            const access::Account& account, const WorklistRequest& request,
                                            Instant until) {
  const Seat* seat = SHOUYUE_TRY(find_seat(deriver.profile(), request.seat));
  CallSearch search(session, deriver, switchboard, account, request, seat, until);
  auto held = SHOUYUE_TRY(search.held());
  if (held) return held;
  SHOUYUE_CHECK(switchboard.cases().catch_up(session.store, session.now));
  return search.best();
}

Result<std::optional<ClaimedRow>> current_call(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                                               const access::Account& account) {
  const WorklistRequest request{.leg = {}, .seat = account.seat};
  return CallSearch(session, deriver, switchboard, account, request, nullptr, session.now).held();
}

}  // namespace shouyue::app
