#include "app/book_replay.hpp"

#include <algorithm>

#include "app/flatten.hpp"
#include "app/settle.hpp"

namespace shouyue::app {
namespace {

constexpr int slots_counted_max = 99;

int attempts_needed(const PolicyState& state) {
  const followup::Case& kase = state.follow_up;
  std::span<const insurer::Attempt> made = state.facts.attempts;
  if (kase.success) made = made.first(*kase.deciding + 1);
  return static_cast<int>(
      std::ranges::count_if(made, [](const auto& attempt) { return attempt.leg != insurer::Leg::electronic; }));
}

Result<std::optional<int>> slots_left(const LoadedPolicy& policy, const followup::Case& kase, Instant at) {
  if (!kase.active || kase.success) return std::optional<int>{};
  return SHOUYUE_TRY(
      worklist::slots_left(kase.active->cadence, kase.active->history, at, slots_counted_max, *policy.calendar));
}

Result<Verdict> verdict_on(const LoadedPolicy& policy, const PolicyInput& input, Instant at) {
  auto state = SHOUYUE_TRY(derive_policy(input, at));
  Verdict verdict{.state = std::move(state), .slots_left = {}};
  // The rows need the days that closed tickets took.
  for (const ticket::Ticket& ticket : verdict.state->tickets)
    if (ticket.closed_at)
      SHOUYUE_TRY(policy.calendar->working_days_between(ticket.opened_at.date(), ticket.closed_at->date()));
  verdict.attempts_needed = attempts_needed(*verdict.state);
  verdict.slots_left = SHOUYUE_TRY(slots_left(policy, verdict.state->follow_up, at));
  return verdict;
}

}  // namespace

const BookReplay::Rules& BookReplay::in_place_of(const regime::RuleBooks& assigned) {
  const auto [entry, is_new] = rules_.try_emplace(&assigned);
  Rules& rules = entry->second;
  if (!is_new) return rules;
  rules.books = regime::ruled_by(book_, assigned);
  if (!rules.books.commission) return rules;
  for (const Instant cut_off : cut_offs(*rules.books.commission, span_.first_issued_on, span_.at))
    rules.settlements.push_back({.year = cut_off.date().year(),
                                 .month = cut_off.date().month(),
                                 .cut_off = cut_off,
                                 .known_to = span_.known_to});
  return rules;
}

Verdict BookReplay::judge(const LoadedPolicy& policy) {
  const Rules& rules = in_place_of(*policy.books);
  const PolicyInput input{.versions = policy.versions,
                          .surroundings = policy.surroundings,
                          .books = rules.books,
                          .calendar = *policy.calendar,
                          .settlements = rules.settlements};
  if (auto verdict = verdict_on(policy, input, span_.at))
    return std::move(*verdict);
  else
    return {.state = std::unexpected(std::move(verdict.error())), .slots_left = {}};
}

DerivedRows BookReplay::rows_of(const LoadedPolicy& policy, const Verdict& verdict) {
  if (!verdict.state) return refused_rows(policy.policy_no, verdict.state.error());
  const LoadedPolicy judged{.policy_no = policy.policy_no,
                            .versions = {},
                            .surroundings = policy.surroundings,
                            .books = &in_place_of(*policy.books).books,
                            .calendar = policy.calendar,
                            .settlements = nullptr};
  return flatten(judged, *verdict.state).value();
}

}  // namespace shouyue::app
