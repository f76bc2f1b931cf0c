#include "app/ticket_view.hpp"

#include <algorithm>

#include "app/attachments.hpp"
#include "app/coming_leg.hpp"
#include "app/known_policy.hpp"
#include "app/scope.hpp"
#include "regime/rows.hpp"
#include "worklist/ticket_track.hpp"

namespace shouyue::app {
namespace {

std::unexpected<Error> no_such_ticket(const std::string& ticket_id) {
  return refuse(Errc::not_found, "tickets.not_found", "no ticket has the number " + ticket_id,
                "工单 " + ticket_id + " 不存在");
}

// The causes of tickets of one kind make its tickets in their order.
const followup::Opening* opening_of(const PolicyState& state, const ticket::Ticket& ticket) {
  for (const followup::Opening& opening : state.follow_up.openings)
    if (opening.kind == ticket.kind && opening.at == ticket.opened_at) return &opening;
  return nullptr;
}

std::optional<Instant> next_opened_at(const PolicyState& state, std::size_t position) {
  const ticket::Ticket& ticket = state.tickets[position];
  for (std::size_t later = position + 1; later < state.tickets.size(); ++later)
    if (state.tickets[later].kind == ticket.kind) return state.tickets[later].opened_at;
  return std::nullopt;
}

std::vector<insurer::TicketStep> steps_of(const PolicyState& state, std::size_t position) {
  const ticket::Ticket& ticket = state.tickets[position];
  const auto next = next_opened_at(state, position);
  std::vector<insurer::TicketStep> steps;
  for (const insurer::TicketStep& step : state.facts.ticket_steps)
    if (worklist::is_meant(step, ticket.ticket_id, ticket.kind, ticket.opened_at, next)) steps.push_back(step);
  return steps;
}

worklist::Context context_of(const TicketView& view) {
  return {view.state.facts, view.policy.surroundings, *view.policy.books, *view.policy.calendar,
          regime::policy_row(view.facts(), view.policy.surroundings)};
}

// The basis of the term that is known, and its day.
std::optional<std::pair<regime::Basis, Date>> known_basis(const regime::Term& term, const worklist::KnownDays& known) {
  const auto day = known.basis_of(term);
  if (!day) return std::nullopt;
  for (const regime::Basis basis : term.basis)
    if (known.at(basis) == day) return std::pair(basis, *day);
  return std::nullopt;
}

Result<std::optional<CountedDay>> counted_day(const TicketView& view, const followup::Opening& opening) {
  const ticket::Ticket& ticket = view.ticket();
  const worklist::Context context = context_of(view);
  const Date opened = ticket.opened_at.date();
  worklist::KnownDays known = known_days(context, view.state.follow_up);
  known.set(regime::Basis::previous_leg_end, opening.previous_leg_end);
  known.set(regime::Basis::ticket_opened, opened);
  expr::Row row = opening.row;
  if (!ticket.subtype.empty()) regime::set_subtype(row, context.books.visits->attempt_schema, ticket.subtype);
  const regime::Term* term = &view.rule->due;
  auto basis = known_basis(*term, known);
  if (!basis && view.rule->due_otherwise) {
    term = &*view.rule->due_otherwise;
    basis = known_basis(*term, known);
  }
  if (!basis || !ticket.due_on) return std::optional<CountedDay>{};
  const auto count = SHOUYUE_TRY(term->count.on(opened, row));
  return std::optional(CountedDay{.day = *ticket.due_on,
                                  .counted_from = basis->second,
                                  .basis = basis->first,
                                  .count = count.value,
                                  .unit = term->unit,
                                  .clause = count.clause,
                                  .cite = std::string(count.cite)});
}

Result<std::optional<followup::ActiveLeg>> bookable_visit(const TicketView& view, Instant now) {
  constexpr int begins_within_days = 31;
  if (view.ticket().closed_at) return std::nullopt;
  LoadedPolicy supposed = view.policy;
  if (!view.state.follow_up.active)
    supposed.versions.ticket_steps.push_back(
        {.seq = INT64_MAX, .ticket_id = view.ticket().ticket_id, .step = insurer::Step::feedback, .at = now});
  auto coming = SHOUYUE_TRY(coming_leg(supposed, now, begins_within_days));
  if (!coming) return std::nullopt;
  return std::move(coming->leg);
}

}  // namespace

Result<std::string> policy_of_ticket(const std::string& ticket_id) {
  const insurer::TicketStep named{.ticket_id = ticket_id};
  const std::size_t number = ticket_id.rfind('-');
  if (!worklist::kind_of(named)) return no_such_ticket(ticket_id);
  return ticket_id.substr(0, ticket_id.rfind('-', number - 1));
}

Result<TicketView> ticket_view(Session& session, PolicyDeriver& deriver, const access::Account& account,
                               const std::string& ticket_id) {
  const std::string policy_no = SHOUYUE_TRY(policy_of_ticket(ticket_id));
  TicketView view;
  auto policy = deriver.read(policy_no, session.now);
  if (!policy && policy.error().code == Errc::not_found) return no_such_ticket(ticket_id);
  view.policy = SHOUYUE_TRY(std::move(policy));
  if (!require_in_scope(account, deriver, view.policy.policy(), session.now.date())) return no_such_ticket(ticket_id);
  view.state = SHOUYUE_TRY(PolicyDeriver::derive(view.policy, session.now));
  const auto found = std::ranges::find(view.state.tickets, ticket_id, &ticket::Ticket::ticket_id);
  if (found == view.state.tickets.end()) return no_such_ticket(ticket_id);
  view.position = static_cast<std::size_t>(found - view.state.tickets.begin());
  view.rule = view.policy.books->ticket(found->kind);
  if (const followup::Opening* opening = opening_of(view.state, *found)) {
    view.opened_by = opening->clause;
    view.attempt = opening->attempt;
    view.due = SHOUYUE_TRY(counted_day(view, *opening));
  }
  view.steps = steps_of(view.state, view.position);
  view.handler = handler_of(*view.rule, deriver.directory(), view.facts().agent_code, session.now.date());
  const ticket::Handling handling{
      .org_code = account.org_code,
      .sold_the_policy = !account.agent_code.empty() && account.agent_code == view.facts().agent_code,
      .handler = view.handler.performer,
      .steps = view.steps};
  view.choices = ticket::step_choices(*found, *view.rule, view.policy.surroundings, handling);
  view.attachments = SHOUYUE_TRY(attachments_of(session, policy_no, ticket_id));
  view.visit = SHOUYUE_TRY(bookable_visit(view, session.now));
  return view;
}

}  // namespace shouyue::app
