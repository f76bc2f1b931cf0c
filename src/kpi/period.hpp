#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"

namespace shouyue::kpi {

// A span of days, both ends inclusive.
struct Period {
  Date from, to;

  // `2021-10`, `2021Q4`, `2021` or `2021-10-08..2021-11-07`. Errors: kpi.period_form, kpi.period_order.
  static Result<Period> parse(std::string_view text);
  static Period month_of(Date day);

  bool holds(Date day) const { return from <= day && day <= to; }
  // The shortest of the spellings above that means this period.
  std::string text() const;
  // The calendar months that it touches, the first and the last cut to the period.
  std::vector<Period> months() const;

  bool operator==(const Period&) const = default;
};

}  // namespace shouyue::kpi
