#include "insurer/visible.hpp"

namespace shouyue::insurer {
namespace {

void hide_future(std::optional<Date>& day, Now& now) {
  if (day && !now.reached(*day)) day.reset();
}

template <class Fact, class When>
void hide_future(std::vector<Fact>& facts, Now& now, When when) {
  std::erase_if(facts, [&](const Fact& fact) { return !now.reached(when(fact)); });
}

}  // namespace

PolicyFacts visible_at(PolicyFacts facts, Now& now) {
  if (facts.receipt) {
    hide_future(facts.receipt->delivered_on, now);
    hide_future(facts.receipt->signed_on, now);
    hide_future(facts.receipt->handed_in_on, now);
    hide_future(facts.receipt->reconciled_on, now);
    hide_future(facts.receipt->paper_signed_on, now);
  }
  hide_future(facts.attempts, now, [](const Attempt& attempt) { return attempt.started_at; });
  hide_future(facts.ticket_steps, now, [](const TicketStep& step) { return step.at; });
  hide_future(facts.changes, now, [](const PolicyChange& change) { return Instant::start_of(change.on); });
  return facts;
}

}  // namespace shouyue::insurer
