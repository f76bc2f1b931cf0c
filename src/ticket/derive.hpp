#pragma once

#include <optional>
#include <vector>

#include "base/now.hpp"
#include "ticket/ticket.hpp"
#include "worklist/context.hpp"
#include "worklist/term.hpp"
#include "worklist/ticket_track.hpp"

namespace shouyue::ticket {

// Why a ticket stands open: what follow-up or intake asked for, as plain facts.
struct Cause {
  insurer::TicketKind kind;
  Instant at;
  expr::Row row;  // of the attempt schema: the attempt that caused it, or the policy alone
  std::optional<Date> previous_leg_end;
  const regime::Clause* clause;
};

// The tickets of one policy, in the order of their causes; each cause whose kind the books rule gives one ticket.
// `known` has the days of the policy including cooling_off_end. Errors: regime.not_in_force,
// regime.ambiguous_exception, calendar.not_covered.
Result<std::vector<Ticket>> derive(const worklist::Context& context, const std::vector<Cause>& causes,
                                   const std::vector<worklist::Visit>& visits, const worklist::KnownDays& known,
                                   Now& now);

}  // namespace shouyue::ticket
