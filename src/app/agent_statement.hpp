#pragma once

#include "app/settlement_list.hpp"
#include "report/document.hpp"

namespace shouyue::app {

// What an agent was paid in a month, line by line, and what is still kept back.
struct AgentStatement {
  std::string agent_code, agent_name, org_code, org_name;
  Settlement settlement;                  // of this agent alone
  Instant as_of;
  std::vector<UnpaidCommission> waits;  // at that moment
};

// `request.agent_code` must be given; the lines are those of policies in `request.org_code`.
// Errors: agent.not_found (unknown, or neither he nor a line of his lies there), settlement.not_found.
Result<AgentStatement> agent_statement(Session& session, const PolicyDeriver& deriver,
                                       const SettlementRequest& request);

// The statement to print, or as a sheet.
report::Document document_of(const AgentStatement& statement, const PolicyDeriver& deriver);

// A reason of a standing or a line in both languages; the id itself where no book knows it.
report::Text reason_text(std::string_view reasons, std::string_view rules, const AssignedBooks& books);
// How a commission that is not paid stands.
report::Text standing_text(const UnpaidCommission& unpaid);
report::Text line_kind_text(std::string_view kind);

}  // namespace shouyue::app
