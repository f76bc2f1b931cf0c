#include "insurer/visible.hpp"

#include <iterator>

namespace shouyue::insurer {
namespace {

void hide_future(std::optional<Date>& day, Now& now) {
  if (day && !now.reached(*day)) day.reset();
}

template <class Fact, class When>
std::vector<Fact> happened(const std::vector<Fact>& facts, Now& now, When when) {
  std::vector<Fact> result;
  result.reserve(facts.size());
  for (const Fact& fact : facts)
    if (now.reached(when(fact))) result.push_back(fact);
  return result;
}

}  // namespace

PolicyFacts visible_at(const PolicyFacts& facts, Now& now) {
  PolicyFacts seen;
  seen.policy = facts.policy;
  if (facts.receipt) {
    seen.receipt = facts.receipt;
    hide_future(seen.receipt->delivered_on, now);
    hide_future(seen.receipt->signed_on, now);
    hide_future(seen.receipt->handed_in_on, now);
    hide_future(seen.receipt->reconciled_on, now);
    hide_future(seen.receipt->paper_signed_on, now);
  }
  seen.attempts = happened(facts.attempts, now, [](const Attempt& attempt) { return attempt.started_at; });
  seen.ticket_steps = happened(facts.ticket_steps, now, [](const TicketStep& step) { return step.at; });
  seen.changes = happened(facts.changes, now, [](const PolicyChange& change) { return Instant::start_of(change.on); });
  return seen;
}

}  // namespace shouyue::insurer
