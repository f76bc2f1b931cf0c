#pragma once

#include "app/ticket_view.hpp"

namespace shouyue::app {

// What somebody did about a ticket.
struct TicketAction {
  std::string ticket_id;
  insurer::Step step = insurer::Step::accept;
  std::string result;     // a word of TicketResult, or any other text; empty: none
  std::string new_phone;  // empty: none
  std::string note;
  std::optional<Instant> appointment_at;
};

// Takes the step at `session.now` for `account`: checks that it may be taken, writes it as a fact and derives the
// policy again. The same action again at the same moment changes nothing. Gives the ticket as it is then. Errors: those
// of ticket_view and ticket::step_choices; tickets.needs_result (the book asks for one of its results),
// tickets.phone_form, tickets.phone_of_agent (the seller's own number), tickets.appointment_past, tickets.not_a_slot,
// those of record.
Result<TicketView> take_step(Session& session, PolicyDeriver& deriver, const access::Account& account,
                             const TicketAction& action);

// The results that may be given with a step: the book's, or every word.
std::vector<insurer::TicketResult> results_of(const regime::TicketRule& rule);

}  // namespace shouyue::app
