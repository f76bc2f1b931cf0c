#include "app/known_policy.hpp"

#include <algorithm>

#include "followup/derive.hpp"
#include "insurer/visible.hpp"
#include "regime/rows.hpp"

namespace shouyue::app {
namespace {

using worklist::Context;

bool brings_phone(const insurer::TicketStep& step) { return !step.new_phone.empty(); }
bool brings_phone(const insurer::PolicyChange& change) { return change.change == insurer::Change::phone_change; }

}  // namespace

KnownPolicy::KnownPolicy(const PolicyInput& input, insurer::PolicyFacts facts)
    : input_(input),
      facts_(std::move(facts)),
      policy_row_(regime::policy_row(facts_.policy, input.surroundings)),
      defects_(intake::defects_of(facts_.policy, input.surroundings, input.books.intake)),
      has_phone_(intake::has_dialable_phone(facts_.policy)),
      proves_visits_(std::ranges::any_of(input.books.visits->followup->legs,
                                         [](const regime::Leg& leg) { return leg.proves.has_value(); })) {
  if (!proves_visits_) reduced_ = followup::reduce_all(context_of(facts_));
}

Context KnownPolicy::context_of(const insurer::VisibleFacts& facts) const {
  return {facts,           input_.surroundings, input_.books,
          input_.calendar, policy_row_,         defects_ ? intake::bits_of(*defects_) : 0};
}

Context KnownPolicy::context_at(Now& now) const { return context_of(insurer::visible_at(facts_, now)); }

std::span<const followup::Reduced> KnownPolicy::reduced(const Context& context) {
  if (proves_visits_) reduced_ = followup::reduce_all(context);
  return std::span(reduced_).first(context.facts.attempts.size());
}

Result<followup::Case> KnownPolicy::follow_up(const Context& context, Now& now) {
  static const std::vector<intake::Defect> none;
  if (!defects_ && now.reached(facts_.policy.issued_on)) return std::unexpected(defects_.error());
  const auto brings = [](const auto& fact) { return brings_phone(fact); };
  const bool reachable = has_phone_ || std::ranges::any_of(context.facts.ticket_steps, brings) ||
                         std::ranges::any_of(context.facts.changes, brings);
  return followup::derive(context, reduced(context), defects_ ? *defects_ : none, reachable, now);
}

Result<receipt::Standing> KnownPolicy::receipt(const Context& context, const worklist::KnownDays& known,
                                               Now& now) const {
  return receipt::derive(context, known, facts_.receipt, now);
}

worklist::KnownDays known_days(const Context& context, const followup::Case& follow_up) {
  worklist::KnownDays known(context.facts);
  known.set(regime::Basis::cooling_off_end, follow_up.cooling_off_end);
  return known;
}

}  // namespace shouyue::app
