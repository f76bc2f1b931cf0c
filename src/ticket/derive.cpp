#include "ticket/derive.hpp"

#include <map>

#include "regime/rows.hpp"

namespace shouyue::ticket {
namespace {

using worklist::Context;

// The nearest organisation of that level above the policy's own, which is taken when there is none.
std::string office_of(const Context& context, const regime::TicketRule& rule) {
  const auto& surroundings = context.surroundings;
  if (rule.route)
    for (std::size_t i = 0; i < surroundings.org_path.size(); ++i)
      if (surroundings.org_levels[i] == *rule.route) return surroundings.org_path[i];
  return context.facts.policy.org_code;
}

// The first day from which at most `days` working days are left until `due`.
Result<Date> warning_from(const Context& context, Date due, std::int64_t days) {
  Date day = due;
  while (SHOUYUE_TRY(context.calendar.working_days_between(day - 1, due)) <= days) day = day - 1;
  return day;
}

// `done_at`: when the work was done, if it was.
Result<void> decide_timeliness(Ticket& ticket, std::optional<Instant> done_at, const Context& context,
                               const regime::TicketRule& rule, Now& now) {
  if (!ticket.due_on) return {};
  if (done_at) {
    if (done_at->date() > *ticket.due_on) ticket.timeliness = insurer::Timeliness::overdue;
    return {};
  }
  if (now.is_past(*ticket.due_on)) {
    ticket.timeliness = insurer::Timeliness::overdue;
    return {};
  }
  const auto days = SHOUYUE_TRY(rule.warning_days.on(ticket.opened_at.date(), context.policy_row));
  if (now.reached(SHOUYUE_TRY(warning_from(context, *ticket.due_on, days.value))))
    ticket.timeliness = insurer::Timeliness::warning;
  return {};
}

}  // namespace

Result<std::vector<Ticket>> derive(const Context& context, const std::vector<Cause>& causes,
                                   const std::vector<worklist::Visit>& visits, const worklist::KnownDays& known,
                                   Now& now) {
  std::vector<Ticket> tickets;
  std::map<insurer::TicketKind, int> numbers;
  for (std::size_t c = 0; c < causes.size(); ++c) {
    const Cause& cause = causes[c];
    const regime::TicketRule* rule = context.books.ticket(cause.kind);
    if (!rule) continue;
    const Date opened = cause.at.date();
    Ticket ticket{.kind = cause.kind, .opened_at = cause.at};
    ticket.ticket_id = worklist::ticket_id(context.facts.policy.policy_no, cause.kind, ++numbers[cause.kind]);
    ticket.org_code = office_of(context, *rule);
    worklist::Rules rules;
    rules.add(*cause.clause);
    expr::Row row = cause.row;
    if (const regime::Subtype* subtype = worklist::subtype_of(*rule, row)) {
      ticket.subtype = subtype->id;
      regime::set_subtype(row, context.books.visits->attempt_schema, subtype->id);
      rules.add(subtype->clause);
    }
    worklist::KnownDays days = known;
    days.set(regime::Basis::previous_leg_end, cause.previous_leg_end);
    if (const auto due = SHOUYUE_TRY(worklist::due_day(context, *rule, days, opened, cause.row))) {
      ticket.due_on = due->day;
      rules.add(*due->clause);
    }
    std::optional<Instant> next_opened;
    for (std::size_t later = c + 1; later < causes.size() && !next_opened; ++later)
      if (causes[later].kind == cause.kind) next_opened = causes[later].at;
    auto steps = worklist::track(context, ticket.ticket_id, cause.kind, cause.at, next_opened, visits);
    ticket.state = steps.state;
    ticket.closed_at = steps.closed_at;
    ticket.result = steps.result;
    ticket.waits_for = std::move(steps.waits_for);
    for (const regime::Clause* clause : ticket.waits_for) rules.add(*clause);
    for (const regime::Reply& reply : rule->replies)
      if (reply.when.holds(row)) ticket.replies.push_back(&reply);
    const auto done_at = rule->done_by_feedback && steps.feedback_at ? steps.feedback_at : ticket.closed_at;
    SHOUYUE_CHECK(decide_timeliness(ticket, done_at, context, *rule, now));
    ticket.rules = rules.list();
    tickets.push_back(std::move(ticket));
  }
  return tickets;
}

}  // namespace shouyue::ticket
