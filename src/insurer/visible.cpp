#include "insurer/visible.hpp"

namespace shouyue::insurer {
namespace {

void hide_future(std::optional<Date>& day, Now& now) {
  if (day && !now.reached(*day)) day.reset();
}

// Facts are in order of time: those to come stand behind the others.
template <class Fact, class When>
std::span<const Fact> happened(std::span<const Fact> facts, Now& now, When when) {
  std::size_t count = 0;
  while (count < facts.size() && now.reached(when(facts[count]))) ++count;
  return facts.first(count);
}

template <class Fact>
void keep_first(std::vector<Fact>& facts, std::size_t count) {
  facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(count), facts.end());
}

}  // namespace

VisibleFacts visible_at(const PolicyFacts& facts, Now& now) {
  VisibleFacts visible = facts;
  if (visible.receipt) {
    hide_future(visible.receipt->delivered_on, now);
    hide_future(visible.receipt->signed_on, now);
    hide_future(visible.receipt->handed_in_on, now);
    hide_future(visible.receipt->reconciled_on, now);
    hide_future(visible.receipt->paper_signed_on, now);
  }
  visible.attempts = happened(visible.attempts, now, [](const Attempt& attempt) { return attempt.started_at; });
  visible.ticket_steps = happened(visible.ticket_steps, now, [](const TicketStep& step) { return step.at; });
  visible.changes =
      happened(visible.changes, now, [](const PolicyChange& change) { return Instant::start_of(change.on); });
  visible.exceptions =
      happened(visible.exceptions, now, [](const GrantedException& exception) { return exception.at; });
  return visible;
}

const std::string& language_of(const VisibleFacts& facts) {
  for (auto attempt = facts.attempts.rbegin(); attempt != facts.attempts.rend(); ++attempt)
    if (!attempt->language.empty()) return attempt->language;
  return facts.policy.language;
}

void keep_visible(PolicyFacts& facts, const VisibleFacts& visible) {
  facts.receipt = visible.receipt;
  keep_first(facts.attempts, visible.attempts.size());
  keep_first(facts.ticket_steps, visible.ticket_steps.size());
  keep_first(facts.changes, visible.changes.size());
  keep_first(facts.exceptions, visible.exceptions.size());
}

}  // namespace shouyue::insurer
