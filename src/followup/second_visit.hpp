#pragma once

#include <optional>
#include <vector>

#include "followup/case.hpp"
#include "followup/leg_run.hpp"

namespace shouyue::followup {

// The second visit (二访) that an open ticket asks for, once its start is known and reached.
struct SecondVisit {
  const regime::TicketRule* ticket;
  LegRun run;
};

// Of a successful case: the oldest open ticket whose rule asks for one decides; empty when there is none. The start
// of the leg counts from that ticket: ticket_opened, ticket_feedback, ticket_due. `known` has the days of the policy.
// Errors: regime.not_in_force, regime.ambiguous_exception, calendar.not_covered.
// Source: 新华人寿新契约回访工作宣导 · 反馈销售部门处理、问题件二访、闭环.
Result<std::optional<SecondVisit>> second_visit(const worklist::Context& context, const Case& kase,
                                                const worklist::KnownDays& known, std::span<const Reduced> reduced,
                                                bool reachable, Now& now);

}  // namespace shouyue::followup
