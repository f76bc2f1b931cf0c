#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"

namespace shouyue::calendar {

// The working days of one office, from the published notices on days off and make-up working days.
// Immutable and cheap to copy. Outside the covered years every question is refused (`calendar.not_covered`), never
// guessed.
class WorkingCalendar {
 public:
  // `notices`: CSV `date,name,is_off_day` (1 day off, 0 working); a weekday not listed is a working day, a weekend day
  // is not. `sources`: CSV `year,source`; the years listed there are the coverage and must be consecutive; a year with
  // several notices has several rows.
  // Errors: calendar.form, calendar.gap, calendar.outside_coverage, calendar.duplicate_day, and those of CsvReader.
  static Result<WorkingCalendar> read(std::string_view notices, std::string_view sources);
  // The same days, but weekend days that the notices make working days stay free for this office.
  WorkingCalendar without_make_up_days() const;

  Result<bool> is_working(Date day) const;
  // A day off by a notice (not an ordinary weekend): statutory holiday and its transferred rest days.
  Result<bool> is_statutory_holiday(Date day) const;
  // The n-th working day after `day`; `day` itself never counts; n = 0 gives `day`. A negative n is a Bug.
  Result<Date> working_days_after(Date day, int n) const;
  // Working days in (`after`, `upto`]; 0 when `upto` <= `after`.
  Result<int> working_days_between(Date after, Date upto) const;

  Date covered_from() const;  // first and last covered day, inclusive
  Date covered_to() const;
  // The notices that decide the year, in order of publication, separated by blanks; empty outside the coverage.
  std::string_view source_of(int year) const;

 private:
  struct Days;
  WorkingCalendar() = default;
  Result<void> check_covered(Date day) const;

  std::shared_ptr<const Days> days_;
};

}  // namespace shouyue::calendar
