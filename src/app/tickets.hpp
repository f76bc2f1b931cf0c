#pragma once

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// Which open tickets; what is empty does not restrict.
struct TicketsRequest {
  std::string org;  // handled by this organisation or one below it
  std::optional<insurer::TicketKind> kind;
  std::optional<insurer::Timeliness> timeliness;
  std::optional<Date> issued_from, issued_to;  // of the policy, inclusive
  std::string policy_no;
  int limit = 1'000'000;
};

struct OpenTicket {
  std::string policy_no;
  Date issued_on;
  ticket::Ticket ticket;
  std::size_t rank = 0;                    // in the order of the policy's book, from 0
  const regime::Clause* clause = nullptr;  // that gave the rank; null: the book has no order
};

struct TicketInbox {
  std::shared_ptr<PolicyDeriver> deriver;  // holds the clauses
  std::vector<OpenTicket> tickets;
};

// The open tickets at `session.now` in the order in which an office handles them: by the book's `ticket_order`, then
// the nearest due day, then the oldest. Changes nothing. Policies that cannot be derived are passed over; `run` reports
// them. Errors: tickets.unknown_org, those of PolicyDeriver and the store.
Result<TicketInbox> tickets(Session& session, const TicketsRequest& request);

}  // namespace shouyue::app
