#pragma once

#include "app/accounts.hpp"
#include "app/policy_deriver.hpp"

// What a sales agent has to know and do about the policies that he sold. The clauses belong to the deriver.
namespace shouyue::app {

struct OwnPolicy {
  std::string policy_no, holder_masked;
  Date issued_on;
};

// A receipt to bring back or to put in order.
struct OwnReceipt {
  OwnPolicy policy;
  receipt::Standing standing;
  std::vector<std::string> marks;          // as ReceiptTrouble says
  Money cost;                              // deducted when it comes back after the last day in time
  std::vector<const regime::Clause*> why;  // of the cost
};

// A policyholder who was called and not reached.
struct OwnCall {
  OwnPolicy policy;
  insurer::CaseStatus state = insurer::CaseStatus::open;
  int attempts = 0;
  Instant last_at;
  insurer::Connection connection = insurer::Connection::other;
  const regime::Clause* reason = nullptr;  // the book's group of reasons
  std::optional<insurer::Leg> leg;         // that goes on or comes next
  std::optional<Instant> next_from;
  std::optional<Date> deadline;
  std::string ticket_id;  // open, and the agent's to answer; empty: none
};

struct OwnTicket {
  OwnPolicy policy;
  ticket::Ticket ticket;
  const regime::TicketRule* rule = nullptr;
};

// Commission that is not, or not wholly, paid.
struct OwnCommission {
  OwnPolicy policy;
  commission::Standing standing;
  std::vector<const regime::Clause*> why;
};

struct OwnDesk {
  std::string agent_name;
  int policies = 0;                       // sold in all
  std::vector<OwnReceipt> receipts;       // the nearest last day first
  std::vector<OwnCall> calls;             // the nearest deadline first
  std::vector<OwnTicket> tickets;         // open; the nearest due day first
  std::vector<OwnCommission> commission;  // the dearest first
};

// By what is known at `session.now`. Policies that cannot be derived are passed over.
// Errors: own_policies.no_agent (the account is nobody's who sells), those of PolicyDeriver and the store.
Result<OwnDesk> own_desk(Session& session, PolicyDeriver& deriver, const access::Account& account);

}  // namespace shouyue::app
