#include "app/reassign.hpp"

#include "app/account_store.hpp"
#include "app/person_limit.hpp"
#include "app/scope.hpp"
#include "app/whose_call.hpp"

namespace shouyue::app {
namespace {

// Somebody works at the seat who did not sell the policy.
Result<void> require_seat(Session& session, const PolicyDeriver& deriver, const access::Account& supervisor,
                          const LoadedPolicy& policy, const std::string& seat) {
  const auto holds = organisations_held(supervisor, deriver.directory(), session.now.date());
  std::optional<access::Account> known;
  SHOUYUE_CHECK(session.store.accounts().each_account([&](access::Account& account) -> Result<void> {
    const bool is_there = account.seat == seat && !account.is_disabled && (!holds || holds(account.org_code));
    if (is_there && (!known || has_sold(known->agent_code, policy.policy()))) known = std::move(account);
    return {};
  }));
  if (known) return require_not_sold_by(known->agent_code, policy.policy());
  return refuse(Errc::not_found, "reassign.no_such_seat", "no account of your organisation has the seat '" + seat + "'",
                "本机构没有坐席“" + seat + "”的账号");
}

Result<void> require_callable(const LoadedPolicy& policy, const PolicyDeriver& deriver, const std::string& to,
                              Instant now) {
  const Seat* seat = SHOUYUE_TRY(find_seat(deriver.profile(), to));
  const auto state = SHOUYUE_TRY(PolicyDeriver::derive(policy, now));
  const WorklistRequest request{.leg = {}, .seat = to};
  const Callable callable = SHOUYUE_TRY(look_at(policy, state, request, seat, now));
  if (callable.row) return {};
  const std::string next = callable.next && *callable.next > now ? callable.next->plain_text() : "";
  if (next.empty())
    return refuse(Errc::rule_broken, "reassign.not_now",
                  "that seat cannot make this call; see why the case is not called",
                  "该坐席不能拨打此件，请查看未回访原因");
  return refuse(Errc::rule_broken, "reassign.not_now", "no call is allowed before " + next,
                "在 " + next + " 之前不允许拨打");
}

// In a transaction.
Result<void> require_budget(Store& store, const LoadedPolicy& policy, Instant now) {
  const PersonDay day = SHOUYUE_TRY(day_of_person(store, policy, now.date(), now));
  if (!day.limit) return {};
  return refuse(Errc::rule_broken, "claim.person_per_day_max", "this person has had the calls that a day allows",
                "该客户今日的拨打次数已满");
}

}  // namespace

Result<std::optional<ClaimRow>> reassign(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                                         const access::Account& supervisor, const Reassignment& wanted, Instant until) {
  if (wanted.reason.empty())
    return refuse(Errc::invalid_input, "reassign.reason", "say why the case changes hands", "请说明改派原因");
  const auto policy = SHOUYUE_TRY(deriver.read(wanted.policy_no, session.now));
  SHOUYUE_CHECK(require_in_scope(supervisor, deriver, policy.policy(), session.now.date()));
  if (!wanted.seat.empty()) {
    SHOUYUE_CHECK(require_seat(session, deriver, supervisor, policy, wanted.seat));
    SHOUYUE_CHECK(require_callable(policy, deriver, wanted.seat, session.now));
  }
  std::optional<ClaimRow> given;
  const auto write = [&](Store& store) -> Result<void> {
    if (!wanted.seat.empty()) SHOUYUE_CHECK(require_budget(store, policy, session.now));
    const auto before = SHOUYUE_TRY(store.claim_of(wanted.policy_no));
    if (before) {
      SHOUYUE_CHECK(store.release(wanted.policy_no, before->fence));
      SHOUYUE_CHECK(store.remove_held(before->seat, wanted.policy_no, before->fence));
    }
    if (!wanted.seat.empty()) {
      given = SHOUYUE_TRY(store.claim(wanted.policy_no, wanted.seat, session.now, until));
      // Of a free case another seat's claim may have come first.
      if (!given)
        return refuse(Errc::conflict, "claim.taken", "another seat has just taken the case; look again",
                      "该件刚被其他坐席领取，请刷新后重试");
      SHOUYUE_CHECK(store.put_held(
          {.seat = wanted.seat, .policy_no = wanted.policy_no, .fence = given->fence, .since = session.now}));
    }
    const bool was_held = before && before->lease_until > session.now;
    return store.append_audit({.at = session.now,
                               .who = session.who,
                               .action = "reassign",
                               .detail = wanted.policy_no + " from=" + (was_held ? before->seat : "queue") + " to=" +
                                         (wanted.seat.empty() ? "queue" : wanted.seat) + " reason=" + wanted.reason});
  };
  SHOUYUE_CHECK(switchboard.write_facts(session.store, write));
  if (given)
    switchboard.cases().hold(wanted.policy_no, until);
  else
    switchboard.cases().release(wanted.policy_no);
  return given;
}

}  // namespace shouyue::app
