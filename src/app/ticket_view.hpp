#pragma once

#include "app/accounts.hpp"
#include "app/attachment_store.hpp"
#include "app/tickets.hpp"
#include "ticket/next_steps.hpp"

namespace shouyue::app {

// How the last day in time of a ticket was counted.
struct CountedDay {
  Date day, counted_from;
  regime::Basis basis = regime::Basis::ticket_opened;
  std::int64_t count = 0;
  regime::Unit unit = regime::Unit::days;
  const regime::Clause* clause = nullptr;
  std::string cite;
};

// A ticket with what somebody who handles it has to know.
struct TicketView {
  LoadedPolicy policy;  // its clauses live in the deriver
  PolicyState state;
  std::size_t position = 0;  // in state.tickets
  const regime::TicketRule* rule = nullptr;
  Handler handler;
  const regime::Clause* opened_by = nullptr;
  std::optional<std::size_t> attempt;  // in state.facts.attempts: the call that opened it
  std::optional<CountedDay> due;
  std::vector<insurer::TicketStep> steps;  // taken on it, in order of time
  std::vector<ticket::StepChoice> choices;
  std::vector<Attachment> attachments;
  // On which the visit may be booked that the ticket leads to: the leg of the worklist that is open, or that comes when
  // the office says now what it found out. Empty: the rule books have none.
  std::optional<followup::ActiveLeg> visit;

  const ticket::Ticket& ticket() const { return state.tickets[position]; }
  const insurer::Policy& facts() const { return state.facts.policy; }
};

// The ticket as `account` may see it at `session.now`.
// Errors: tickets.not_found (also for what lies outside the person's scope), those of PolicyDeriver.
Result<TicketView> ticket_view(Session& session, PolicyDeriver& deriver, const access::Account& account,
                               const std::string& ticket_id);

// The policy that a ticket's id names. Errors: tickets.not_found.
Result<std::string> policy_of_ticket(const std::string& ticket_id);

}  // namespace shouyue::app
