#include "app/derive_policy.hpp"

#include <algorithm>
#include <limits>

#include "followup/derive.hpp"
#include "insurer/visible.hpp"
#include "regime/rows.hpp"
#include "ticket/derive.hpp"

namespace shouyue::app {
namespace {

using worklist::Context;

constexpr std::int64_t everything_known = std::numeric_limits<std::int64_t>::max();

Context context_of(const PolicyInput& input, const insurer::PolicyFacts& facts,
                   const std::vector<intake::Defect>& defects) {
  return {facts,
          input.surroundings,
          input.books,
          input.calendar,
          regime::policy_row(facts.policy, input.surroundings),
          intake::bits_of(defects)};
}

// None before the day of issue.
Result<std::vector<intake::Defect>> defects_of(const PolicyInput& input, const insurer::PolicyFacts& facts, Now& now) {
  if (!now.reached(facts.policy.issued_on)) return std::vector<intake::Defect>{};
  return intake::defects_of(facts.policy, input.surroundings, input.books.intake);
}

bool reachable(const insurer::PolicyFacts& facts) {
  return !intake::dialable_phones(facts.policy).empty() ||
         std::ranges::any_of(facts.ticket_steps, [](const auto& step) { return !step.new_phone.empty(); }) ||
         std::ranges::any_of(facts.changes,
                             [](const auto& change) { return change.change == insurer::Change::phone_change; });
}

worklist::KnownDays known_days(const Context& context, const followup::Case& follow_up) {
  worklist::KnownDays known(context.facts);
  known.set(regime::Basis::cooling_off_end, follow_up.cooling_off_end);
  return known;
}

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
  std::ranges::sort(seqs);
  return seqs;
}

// The policy as it was known then, or as it first became known.
insurer::Policy policy_known_to(const insurer::FactVersions& versions, std::int64_t known_to) {
  const insurer::Policy *first = nullptr, *newest = nullptr;
  for (const insurer::Policy& version : versions.policies) {
    if (!first || version.seq < first->seq) first = &version;
    if (version.seq <= known_to && (!newest || version.seq > newest->seq)) newest = &version;
  }
  return newest ? *newest : first ? *first : insurer::Policy{};
}

// The policy as commission rules saw it then: from what was known up to `known_to`.
Result<commission::Snapshot> look_back(const PolicyInput& input, std::int64_t known_to, Now& then) {
  insurer::PolicyFacts known = insurer::as_known(input.versions, known_to);
  if (known.policy.seq == 0) {
    const insurer::PolicyFacts nothing{.policy = policy_known_to(input.versions, known_to)};
    const Context context = context_of(input, nothing, {});
    return commission::look(context, followup::Case{}, receipt::Standing{});
  }
  const std::optional<insurer::Receipt> reported = known.receipt;
  const insurer::PolicyFacts facts = insurer::visible_at(std::move(known), then);
  const auto defects = SHOUYUE_TRY(defects_of(input, facts, then));
  const Context context = context_of(input, facts, defects);
  const followup::Case follow_up = SHOUYUE_TRY(followup::derive(context, defects, reachable(facts), then));
  receipt::Standing receipt;
  if (input.books.receipt)
    receipt = SHOUYUE_TRY(receipt::derive(context, known_days(context, follow_up), reported, then));
  return commission::look(context, follow_up, receipt);
}

commission::Ledger book_settlements(const PolicyInput& input, Now& now) {
  const auto look = [&](std::int64_t known_to, Now& then) { return look_back(input, known_to, then); };
  const auto issue_day = [&](std::int64_t known_to) { return policy_known_to(input.versions, known_to).issued_on; };
  return commission::book_settlements(*input.books.commission, issue_day, input.settlements, seqs_of(input.versions),
                                      look, now);
}

}  // namespace

Result<PolicyState> derive_policy(const PolicyInput& input, Instant at) {
  if (!input.books.visits)
    return refuse(
        Errc::invalid_input, "profile.no_follow_up",
        "no rule book with a follow-up section is assigned to this policy; add one to `assign` in the insurer profile",
        "没有为该保单指定回访制度，请在公司档案的 assign 中指定");
  Now now(at);
  PolicyState state;
  insurer::PolicyFacts newest = insurer::as_known(input.versions, everything_known);
  const std::optional<insurer::Receipt> reported = newest.receipt;
  state.facts = insurer::visible_at(std::move(newest), now);
  state.defects = SHOUYUE_TRY(defects_of(input, state.facts, now));
  const Context context = context_of(input, state.facts, state.defects);
  state.follow_up = SHOUYUE_TRY(followup::derive(context, state.defects, reachable(state.facts), now));
  if (now.reached(state.facts.policy.issued_on)) {
    const auto known = known_days(context, state.follow_up);
    if (const auto causes = causes_of(state.follow_up); !causes.empty())
      state.tickets = SHOUYUE_TRY(ticket::derive(context, causes, state.follow_up.visits, known, now));
    if (input.books.receipt) state.receipt = SHOUYUE_TRY(receipt::derive(context, known, reported, now));
  }
  if (input.books.commission) {
    const auto snapshot = commission::look(context, state.follow_up, state.receipt.value_or(receipt::Standing{}));
    state.commission =
        SHOUYUE_TRY(commission::derive(*input.books.commission, book_settlements(input, now), snapshot, now));
    // A policy not yet issued has no commission, unless it was settled before its day of issue was corrected.
    if (!now.reached(state.facts.policy.issued_on) && state.commission->entries.empty()) state.commission.reset();
  }
  state.wake_at = now.next_change();
  return state;
}

commission::Ledger booked_ledger(const PolicyInput& input, Instant at) {
  Now now(at);
  return input.books.commission ? book_settlements(input, now) : commission::Ledger{};
}

}  // namespace shouyue::app
