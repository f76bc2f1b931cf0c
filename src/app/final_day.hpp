#pragma once

#include "calendar/working_calendar.hpp"
#include "kpi/period.hpp"
#include "regime/regime.hpp"

namespace shouyue::app {

// The last day on which a figure of a period may change in the ordinary course of its rule book. What is corrected
// later is a correction.
struct FinalDay {
  Date day;
  const regime::Indicator* indicator = nullptr;      // null: the book counts nothing itself
  std::vector<regime::Decided<std::int64_t>> steps;  // that lead there, in order
};

// Errors: month_close.not_stated (the book does not say), regime.not_in_force, calendar.not_covered.
Result<FinalDay> final_day(const regime::Indicator& indicator, const kpi::Period& period,
                           const calendar::WorkingCalendar& calendar);
// Of all indicators that are counted from facts: the latest one. Errors: the same.
Result<FinalDay> final_day(const regime::Kpi& kpi, const kpi::Period& period,
                           const calendar::WorkingCalendar& calendar);

}  // namespace shouyue::app
