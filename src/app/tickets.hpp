#pragma once

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// Which open tickets; what is empty does not restrict. Organisations as they stand today.
struct TicketsRequest {
  std::string org;          // handled by this organisation or one below it
  bool only_there = false;  // not by one below it
  std::string scope;        // of policies of this organisation or one below it
  std::string agent_code;   // of policies that this agent sold
  std::optional<insurer::TicketKind> kind;
  std::optional<insurer::Timeliness> timeliness;
  bool only_agent_left = false;                // of policies whose agent has left
  std::optional<Date> issued_from, issued_to;  // of the policy, inclusive
  std::string policy_no;
  int limit = 1'000'000;
};

// Who works on tickets of the rule today. What is an agent's to do falls to the follow-up post of the ticket's office
// when he has left. Source: 新契约保单回访实施细则 · 销售单位职责 (R-224: the unit's responsible person receives the
// cases); 人身保险业务基本服务规定 第十六条.
struct Handler {
  regime::Performer performer = regime::Performer::branch;
  bool agent_left = false;  // who sold the policy
};
Handler handler_of(const regime::TicketRule& rule, const Directory& directory, const std::string& agent_code,
                   Date today);

struct OpenTicket {
  std::string policy_no;
  std::string holder_masked;
  std::string org_code;  // of the policy
  insurer::Channel channel = insurer::Channel::agency;
  Date issued_on;
  ticket::Ticket ticket;
  std::size_t rank = 0;                    // in the order of the policy's book, from 0
  const regime::Clause* clause = nullptr;  // that gave the rank; null: the book has no order
  const regime::TicketRule* rule = nullptr;
  Handler handler;
};

// The open tickets at `session.now` in the order in which an office handles them: by the book's `ticket_order`, then
// the nearest due day, then the oldest. Changes nothing. Policies that cannot be derived are passed over; `run` reports
// them. The clauses belong to `deriver`. Errors: tickets.unknown_org, those of PolicyDeriver and the store.
Result<std::vector<OpenTicket>> tickets(Session& session, PolicyDeriver& deriver, const TicketsRequest& request);

}  // namespace shouyue::app
