#pragma once

#include "app/accounts.hpp"
#include "app/policy_deriver.hpp"
#include "app/questions.hpp"
#include "app/ticket_view.hpp"

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

// A policyholder who was called or visited and not reached; links do not count.
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
  std::optional<Money> due;  // what the settlement of `standing.month`, which is to come, pays
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

// What the agent found out about how to reach the policyholder.
struct OwnAnswer {
  std::string ticket_id;
  std::string new_phone;  // empty: it has not changed, and `note` says so
  std::string note;
  std::optional<Instant> appointment_at;
};

// All refuse own_policies.no_agent (the account is nobody's who sells), and give the errors of PolicyDeriver and
// the store.

// By what is known at `session.now`. Policies that cannot be derived are passed over.
Result<OwnDesk> own_desk(Session& session, PolicyDeriver& deriver, const access::Account& account);

// 回访内容概要: what the caller asks the holder of a policy that the agent sold, before anything is answered.
// Errors: policy.not_found, of another's policy too; questionnaire.none.
Result<Questions> own_questions(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                const std::string& policy_no);

// Errors: those of ticket_view.
Result<TicketView> own_ticket(Session& session, PolicyDeriver& deriver, const access::Account& account,
                              const std::string& ticket_id);

// The number is called in the next visit; the policy's own data changes only through servicing.
// Errors: tickets.needs_answer (neither a number nor a note), those of take_step.
Result<TicketView> answer_own_ticket(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                     const OwnAnswer& answer);

}  // namespace shouyue::app
