#pragma once

#include "app/ticket_view.hpp"

namespace shouyue::app {

// A day on which the visit of a ticket may be booked.
struct SlotDay {
  Date day;
  bool is_working_day = false;
  std::vector<Instant> slots;              // every half hour that is legal, from 08:00 to 21:00
  std::string_view rejected_by;            // of a day without slots: the layer that rejects its last half hour
  const regime::Clause* clause = nullptr;  // of the same
};

// `days` days from `first` on, by the leg of the view's `visit`: from its start to its end. Where there is none, the
// visit is the office's own and every half hour after `now` is free. Errors: calendar.not_covered.
Result<std::vector<SlotDay>> visit_slots(const TicketView& view, Instant now, Date first, int days);

// Whether visit_slots would offer the moment, whole half hours or not. Errors: tickets.not_a_slot (with the layer that
// says no), calendar.not_covered.
Result<void> require_slot(const TicketView& view, Instant at);

}  // namespace shouyue::app
