#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "calendar/working_calendar.hpp"

namespace shouyue::calendar {

enum class DayRule { every_day, except_statutory_holidays, working_days };

// Half-open periods of a day, in order, not overlapping: 09:00–12:00, 14:00–21:00 allows 09:00:00 and not 12:00:00.
struct Period {
  int from_second;   // second of the day, inclusive
  int until_second;  // exclusive
  bool operator==(const Period&) const = default;
};

class BusinessHours {
 public:
  // Periods like `09:00-12:00`. Errors: business_hours.form, business_hours.overlap.
  static Result<BusinessHours> make(const std::vector<std::string>& periods, DayRule days);

  Result<bool> is_open(Instant at, const WorkingCalendar& calendar) const;
  // The first open moment at or after `at`; empty when there is none before `limit` (exclusive).
  // Errors: calendar.not_covered.
  Result<std::optional<Instant>> first_open(Instant at, Instant limit, const WorkingCalendar& calendar) const;
  // Index of the period that holds `at`, for spreading attempts over bands; empty when closed by the clock.
  std::optional<int> period_of(Instant at) const;

  const std::vector<Period>& periods() const { return periods_; }
  DayRule days() const { return days_; }

 private:
  std::vector<Period> periods_;
  DayRule days_ = DayRule::every_day;
};

}  // namespace shouyue::calendar
