#pragma once

#include "calendar/working_calendar.hpp"
#include "demo/life.hpp"
#include "insurer/facts.hpp"

namespace shouyue::demo {

// A ticket that is not closed, as the engine knows it.
struct OpenTicket {
  std::string ticket_id;
  std::string policy_no;
  insurer::TicketKind kind = insurer::TicketKind::verification;
  Instant opened_at;
};

// All steps that the branch will ever take for this ticket, by time. Most branches are quick, some late, a few never
// answer; head and tail depend on the branch, so that offices differ. Errors: those of the calendar.
Result<std::vector<insurer::TicketStepRow>> plan_ticket(const Life& life, const OpenTicket& ticket,
                                                        const calendar::WorkingCalendar& calendar, std::uint64_t seed);

}  // namespace shouyue::demo
