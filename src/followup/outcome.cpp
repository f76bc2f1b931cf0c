#include "followup/outcome.hpp"

#include "followup/background.hpp"

namespace shouyue::followup {

Reduced reduce(const worklist::Context& context, std::size_t attempt) {
  const regime::Outcome& outcome = *context.books.visits->outcome;
  const regime::Leg* leg = context.books.visits->followup->find(context.facts.attempts[attempt].leg);
  Reduced reduced{row_of(context, attempt), nullptr, leg && leg->proves, leg && leg->is_second_visit};
  for (const regime::OutcomeRule& rule : outcome.rules) {
    if (!rule.when.holds(reduced.row)) continue;
    reduced.rule = &rule;
    return reduced;
  }
  throw Bug("an outcome table without a last rule that always holds");
}

std::vector<Reduced> reduce_all(const worklist::Context& context) {
  std::vector<Reduced> reduced;
  reduced.reserve(context.facts.attempts.size());
  for (std::size_t i = 0; i < context.facts.attempts.size(); ++i) reduced.push_back(reduce(context, i));
  return reduced;
}

Result<std::optional<std::size_t>> deciding_attempt(const worklist::Context& context, std::span<const Reduced> reduced,
                                                    std::optional<Date> cooling_off_end) {
  if (reduced.empty()) return std::optional<std::size_t>{};
  const auto decides = SHOUYUE_TRY(context.books.visits->followup->decides.on(context.governing(), context.policy_row));
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < reduced.size(); ++i) {
    if (!reduced[i].may_decide()) continue;
    if (decides.value == "last_in_cooling_off") {
      if (!cooling_off_end || context.facts.attempts[i].started_at.date() <= *cooling_off_end) chosen = i;
    } else if (decides.value == "last_success") {
      if (reduced[i].success() || !chosen || !reduced[*chosen].success()) chosen = i;
    } else if (decides.value == "first_success") {
      if (!chosen || !reduced[*chosen].success()) chosen = i;
    } else {
      chosen = i;
    }
  }
  return chosen;
}

}  // namespace shouyue::followup
