#include "followup/background.hpp"

#include <array>
#include <bit>

#include "worklist/ticket_track.hpp"

namespace shouyue::followup {
namespace {

using insurer::Attempt;
using worklist::Context;

std::optional<bool> visitor_is_agent(const Attempt& attempt, const Context& context) {
  const std::string& agent = context.facts.policy.agent_code;
  if (attempt.operator_code.empty() || agent.empty()) return std::nullopt;
  return attempt.operator_code == agent || attempt.operator_code == context.surroundings.agent_name;
}

expr::Row own_row(const Context& context, const Attempt& attempt) {
  return regime::attempt_row(context.policy_row, attempt, *context.books.visits->outcome);
}

// Whether an attempt on a proving leg, made before the next visit, shows that this visit happened.
bool is_reality_checked(const Context& context, std::size_t visit) {
  const auto& attempts = context.facts.attempts;
  const auto has = [](std::uint64_t legs, const Attempt& attempt) { return (legs & insurer::bit(attempt.leg)) != 0; };
  for (const regime::Leg& leg : context.books.visits->followup->legs) {
    if (!leg.proves || !has(leg.proves->legs, attempts[visit])) continue;
    for (std::size_t i = visit + 1; i < attempts.size() && !has(leg.proves->legs, attempts[i]); ++i)
      if (attempts[i].leg == leg.leg && leg.proves->when.holds(own_row(context, attempts[i]))) return true;
  }
  return false;
}

void count_attempts(const Context& context, Instant at, regime::Background& background) {
  std::array<std::uint64_t, insurer::leg_count> bands{};
  for (const Attempt& attempt : context.facts.attempts) {
    if (attempt.started_at > at) break;
    const auto which = static_cast<std::size_t>(attempt.leg);
    ++background.attempts[which];
    const regime::Leg* leg = context.books.visits->followup->find(attempt.leg);
    if (!leg || !leg->window) continue;
    const auto band = leg->window->period_of(attempt.started_at);
    if (band) bands[which] |= std::uint64_t{1} << *band;
  }
  for (std::size_t which = 0; which < bands.size(); ++which) background.bands[which] = std::popcount(bands[which]);
}

void note_reports(const Context& context, Instant at, regime::Background& background) {
  for (const insurer::TicketStep& step : context.facts.ticket_steps) {
    if (step.at > at) break;
    if (!step.new_phone.empty()) background.phone_updated = true;
    const auto kind = worklist::kind_of(step);
    if (step.step == insurer::Step::feedback && kind) background.fed_back |= insurer::bit(*kind);
  }
  for (const insurer::PolicyChange& change : context.facts.changes)
    if (change.change == insurer::Change::phone_change && Instant::start_of(change.on) <= at)
      background.phone_updated = true;
}

}  // namespace

regime::Background background_at(const Context& context, std::optional<std::size_t> attempt, Instant at) {
  const auto& attempts = context.facts.attempts;
  regime::Background background;
  background.defects = context.defects;
  count_attempts(context, at, background);
  note_reports(context, at, background);
  if (!attempts.empty() && attempts.front().started_at <= at)
    background.days_since_first_attempt = at.date() - attempts.front().started_at.date();
  if (!attempt) return background;
  const Attempt& own = attempts[*attempt];
  background.visitor_is_agent = visitor_is_agent(own, context);
  background.reality_checked = is_reality_checked(context, *attempt);
  for (const Attempt& other : attempts)
    background.same_connection_attempts += other.started_at <= at && other.connection == own.connection ? 1 : 0;
  return background;
}

expr::Row row_of(const Context& context, std::size_t attempt) {
  const Attempt& own = context.facts.attempts[attempt];
  expr::Row row = own_row(context, own);
  regime::set_background(row, background_at(context, attempt, own.started_at));
  return row;
}

}  // namespace shouyue::followup
