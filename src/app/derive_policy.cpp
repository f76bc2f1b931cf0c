#include "app/derive_policy.hpp"

#include <algorithm>
#include <limits>

#include "app/known_policy.hpp"
#include "insurer/visible.hpp"
#include "regime/rows.hpp"
#include "ticket/derive.hpp"

namespace shouyue::app {
namespace {

using worklist::Context;

constexpr std::int64_t everything_known = std::numeric_limits<std::int64_t>::max();

std::vector<ticket::Cause> causes_of(const followup::Case& follow_up) {
  std::vector<ticket::Cause> causes;
  for (const followup::Opening& opening : follow_up.openings)
    causes.push_back({.kind = opening.kind,
                      .at = opening.at,
                      .row = opening.row,
                      .previous_leg_end = opening.previous_leg_end,
                      .clause = opening.clause});
  return causes;
}

std::vector<std::int64_t> seqs_of(const insurer::FactVersions& versions) {
  std::vector<std::int64_t> seqs;
  const auto take = [&seqs](const auto& facts) {
    for (const auto& fact : facts) seqs.push_back(fact.seq);
  };
  take(versions.policies);
  take(versions.receipts);
  take(versions.attempts);
  take(versions.ticket_steps);
  take(versions.changes);
  take(versions.exceptions);
  std::ranges::sort(seqs);
  return seqs;
}

// The policy as it was known then, or as it first became known; there is at least one version.
const insurer::Policy& policy_known_to(const insurer::FactVersions& versions, std::int64_t known_to) {
  const insurer::Policy *first = nullptr, *newest = nullptr;
  for (const insurer::Policy& version : versions.policies) {
    if (!first || version.seq < first->seq) first = &version;
    if (version.seq <= known_to && (!newest || version.seq > newest->seq)) newest = &version;
  }
  return newest ? *newest : *first;
}

// What one look at the policy saw, by its newest facts, and between which moments it would see the same.
struct Looked {
  const commission::Snapshot& snapshot;
  const Now& now;

  bool holds_at(Instant at) const {
    return !(now.last_change() && at < *now.last_change()) && !(now.next_change() && at >= *now.next_change());
  }
};

// The policy as commission rules see it at the moments of its settlements.
class PastLooks {
 public:
  // `looked` may be null.
  PastLooks(const PolicyInput& input, KnownPolicy& newest, const Looked* looked)
      : input_(input), newest_(newest), looked_(looked), seqs_(seqs_of(input.versions)) {}

  const std::vector<std::int64_t>& seqs() const { return seqs_; }

  Result<commission::Snapshot> look(std::int64_t known_to, Now& then) {
    if (known_to < seqs_.back()) return look_back(known_to, then);
    if (!looked_ || !looked_->holds_at(then.at())) return look_at(newest_, then);
    if (looked_->now.next_change()) then.reached(*looked_->now.next_change());
    return looked_->snapshot;
  }

 private:
  Result<commission::Snapshot> look_back(std::int64_t known_to, Now& then) const {
    insurer::PolicyFacts facts = insurer::as_known(input_.versions, known_to);
    const bool was_known = facts.policy.seq != 0;
    if (!was_known) facts = {.policy = policy_known_to(input_.versions, known_to)};
    KnownPolicy known(input_, std::move(facts));
    if (was_known) return look_at(known, then);
    return commission::look(known.context_at(then), followup::Case{}, receipt::Standing{});
  }

  Result<commission::Snapshot> look_at(KnownPolicy& known, Now& then) const {
    const Context context = known.context_at(then);
    const followup::Case follow_up = SHOUYUE_TRY(known.follow_up(context, then));
    receipt::Standing receipt;
    if (input_.books.receipt) receipt = SHOUYUE_TRY(known.receipt(context, known_days(context, follow_up), then));
    return commission::look(context, follow_up, receipt);
  }

  const PolicyInput& input_;
  KnownPolicy& newest_;
  const Looked* looked_;
  std::vector<std::int64_t> seqs_;
};

commission::Ledger book_settlements(const PolicyInput& input, PastLooks looks, Now& now) {
  const auto look = [&](std::int64_t known_to, Now& then) { return looks.look(known_to, then); };
  const auto issue_day = [&](std::int64_t known_to) { return policy_known_to(input.versions, known_to).issued_on; };
  return commission::book_settlements(*input.books.commission, issue_day, input.settlements, looks.seqs(), look, now);
}

}  // namespace

Result<PolicyState> derive_policy(const PolicyInput& input, Instant at) {
  if (!input.books.visits)
    return refuse(
        Errc::invalid_input, "profile.no_follow_up",
        "no rule book with a follow-up section is assigned to this policy; add one to `assign` in the insurer profile",
        "没有为该保单指定回访制度，请在公司档案的 assign 中指定");
  Now now(at), looked(at);  // the second is asked by the follow-up and the receipt alone
  PolicyState state;
  KnownPolicy newest(input, insurer::as_known(input.versions, everything_known));
  const Context context = newest.context_at(looked);
  state.follow_up = SHOUYUE_TRY(newest.follow_up(context, looked));
  const Date issued_on = context.facts.policy.issued_on;
  if (now.reached(issued_on)) {
    state.defects = newest.defects().value();
    const auto known = known_days(context, state.follow_up);
    if (const auto causes = causes_of(state.follow_up); !causes.empty())
      state.tickets = SHOUYUE_TRY(ticket::derive(context, causes, state.follow_up.visits, known, now));
    if (input.books.receipt) state.receipt = SHOUYUE_TRY(newest.receipt(context, known, looked));
  }
  if (looked.next_change()) now.reached(*looked.next_change());
  if (input.books.commission) {
    const auto snapshot = commission::look(context, state.follow_up, state.receipt.value_or(receipt::Standing{}));
    const Looked last{.snapshot = snapshot, .now = looked};
    state.commission = SHOUYUE_TRY(commission::derive(
        *input.books.commission, book_settlements(input, {input, newest, &last}, now), snapshot, now));
    // A policy not yet issued has no commission, unless it was settled before its day of issue was corrected.
    if (!now.reached(issued_on) && state.commission->entries.empty()) state.commission.reset();
  }
  state.wake_at = now.next_change();
  const insurer::VisibleFacts visible = context.facts;
  state.facts = std::move(newest).take_facts();
  insurer::keep_visible(state.facts, visible);
  return state;
}

commission::Ledger booked_ledger(const PolicyInput& input, Instant at) {
  if (!input.books.visits || !input.books.commission) return {};
  Now now(at);
  KnownPolicy newest(input, insurer::as_known(input.versions, everything_known));
  return book_settlements(input, {input, newest, nullptr}, now);
}

}  // namespace shouyue::app
