#include "app/book_replay.hpp"

#include "app/flatten.hpp"
#include "app/settle.hpp"

namespace shouyue::app {
namespace {

constexpr int slots_counted_max = 99;

int attempts_needed(const followup::Case& kase) {
  return kase.success ? static_cast<int>(*kase.deciding) + 1 : kase.attempts;
}

Result<std::optional<int>> slots_left(const LoadedPolicy& policy, const followup::Case& kase, Instant at) {
  if (!kase.active) return std::optional<int>{};
  return std::optional(SHOUYUE_TRY(
      worklist::slots_left(kase.active->cadence, kase.active->history, at, slots_counted_max, *policy.calendar)));
}

Result<Verdict> verdict_on(const LoadedPolicy& policy, Instant at) {
  const PolicyState state = SHOUYUE_TRY(PolicyDeriver::derive(policy, at));
  Verdict verdict{.rows = SHOUYUE_TRY(flatten(policy, state)), .slots_left = {}};
  verdict.attempts_needed = attempts_needed(state.follow_up);
  verdict.slots_left = SHOUYUE_TRY(slots_left(policy, state.follow_up, at));
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

Verdict BookReplay::judge(LoadedPolicy policy) {
  const Rules& rules = in_place_of(*policy.books);
  policy.books = &rules.books;
  policy.settlements = &rules.settlements;
  if (auto verdict = verdict_on(policy, span_.at))
    return std::move(*verdict);
  else
    return {.rows = refused_rows(policy.policy_no, verdict.error()), .slots_left = {}};
}

}  // namespace shouyue::app
