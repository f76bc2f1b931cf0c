#pragma once

#include <optional>
#include <vector>

#include "base/error.hpp"
#include "insurer/facts.hpp"
#include "ticket/ticket.hpp"

namespace shouyue::ticket {

// Who would take a step, and what was done before.
struct Handling {
  std::string org_code;                                   // the office of who would take it
  bool sold_the_policy = false;                           // he sold the policy
  regime::Performer handler = regime::Performer::branch;  // who works on the ticket now
  std::vector<insurer::TicketStep> steps;                 // taken on the ticket, in order of time
};

// A step, and why it may not be taken now.
struct StepChoice {
  insurer::Step step;
  std::optional<Error> refused;
  const regime::Clause* clause = nullptr;  // that refuses it; null: what was done so far does
};

// Every step, in the order in which an office works. The seller takes none on tickets that the book gives to others.
// Refusals: tickets.seller_handles, tickets.not_now, tickets.closed_by_visit, tickets.needs_visit,
// tickets.needs_review, tickets.not_this_office.
// Source: 人身保险业务基本服务规定 第十八条 (由销售人员以外的人员处理); 银保新契约电话回访工作宣导 (初审).
std::vector<StepChoice> step_choices(const Ticket& ticket, const regime::TicketRule& rule,
                                     const insurer::Surroundings& surroundings, const Handling& handling);

}  // namespace shouyue::ticket
