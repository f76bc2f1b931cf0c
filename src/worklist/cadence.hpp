#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "calendar/business_hours.hpp"
#include "calendar/working_calendar.hpp"
#include "regime/regime.hpp"

namespace shouyue::worklist {

// One number of the cadence with the clause that decides it.
using Limit = std::optional<regime::Decided<std::int64_t>>;

// When the attempts of one leg may be made. Counts always come from the attempts themselves, never from a counter.
struct Cadence {
  Instant start;  // no attempt before
  const regime::Clause* start_clause = nullptr;
  std::optional<Instant> until;  // exclusive; no attempt at or after
  const regime::Clause* until_clause = nullptr;
  Limit per_day_max, days_min, days_max, attempts_max, bands_min, interval_hours;
  const calendar::BusinessHours* window = nullptr;  // null: at any time
  const regime::Clause* window_clause = nullptr;
  std::optional<Instant> appointment;  // the customer's wish; no attempt before
};

// Why a moment is no legal slot: the layer that rejects it, and until when.
struct Rejection {
  Instant at;  // the moment that was asked for
  std::string_view
      layer;  // start, appointment, interval, per_day_max, days_max, attempts_max, window, bands_min, until
  const regime::Clause* clause;  // null for the customer's own wish
  std::optional<Instant> next;   // the next moment this layer allows; empty: none
};

// The first legal moment at or after `from`, given the starts of the leg's attempts so far (ascending); empty when
// there is none left. `rejections`, when given, receives what pushed the moment on, in order. Errors:
// calendar.not_covered.
Result<std::optional<Instant>> next_legal(const Cadence& cadence, const std::vector<Instant>& history, Instant from,
                                          const calendar::WorkingCalendar& calendar,
                                          std::vector<Rejection>* rejections = nullptr);

// How many more attempts the cadence allows from `from` on when each is made as early as it may be, at most `most`.
Result<int> slots_left(const Cadence& cadence, std::vector<Instant> history, Instant from, int most,
                       const calendar::WorkingCalendar& calendar);

// The end (exclusive) of the last open period before `until`; empty when none is open in the year before it.
Result<std::optional<Instant>> last_closing(const calendar::BusinessHours& window, Instant until,
                                            const calendar::WorkingCalendar& calendar);

// The first moment at which the days of the cadence are used up; empty while no attempt was made or more days are owed.
std::optional<Instant> days_used_up_at(const Cadence& cadence, const std::vector<Instant>& history);

}  // namespace shouyue::worklist
