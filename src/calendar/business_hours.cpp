#include "calendar/business_hours.hpp"

#include <algorithm>

namespace shouyue::calendar {
namespace {

std::optional<int> read_two_digits(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

// `09:30` as a second of the day; 24:00 is the end of the day.
std::optional<int> read_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = read_two_digits(text.substr(0, 2)), minute = read_two_digits(text.substr(3));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > 24 * 60) return std::nullopt;
  return (*hour * 60 + *minute) * 60;
}

std::optional<Period> read_period(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto from = read_clock(text.substr(0, 5)), until = read_clock(text.substr(6));
  if (!from || !until || *from >= *until) return std::nullopt;
  return Period{.from_second = *from, .until_second = *until};
}

Result<bool> is_open_day(Date day, DayRule rule, const WorkingCalendar& calendar) {
  switch (rule) {
    case DayRule::every_day: return true;
    case DayRule::except_statutory_holidays: return !SHOUYUE_TRY(calendar.is_statutory_holiday(day));
    case DayRule::working_days: return calendar.is_working(day);
  }
  ensure(false, "unknown day rule");
  return false;
}

}  // namespace

Result<BusinessHours> BusinessHours::make(const std::vector<std::string>& periods, DayRule days) {
  BusinessHours hours;
  hours.days_ = days;
  if (periods.empty()) return refuse(Errc::invalid_input, "business_hours.form", "no period is given", "没有给出时段");
  for (const std::string& text : periods) {
    const auto period = read_period(text);
    if (!period)
      return refuse(Errc::invalid_input, "business_hours.form", "'" + text + "' is not a period; write 09:00-12:00",
                    "“" + text + "”不是时段，请写成 09:00-12:00");
    if (!hours.periods_.empty() && period->from_second < hours.periods_.back().until_second)
      return refuse(Errc::invalid_input, "business_hours.overlap",
                    "'" + text + "' starts before the period ahead of it ends",
                    "时段“" + text + "”与前一时段重叠或顺序颠倒");
    hours.periods_.push_back(*period);
  }
  return hours;
}

Result<bool> BusinessHours::is_open(Instant at, const WorkingCalendar& calendar) const {
  if (!period_of(at)) return false;
  return is_open_day(at.date(), days_, calendar);
}

Result<std::optional<Instant>> BusinessHours::first_open(Instant at, Instant limit,
                                                         const WorkingCalendar& calendar) const {
  for (Date day = at.date(); Instant::start_of(day) < limit; ++day) {
    for (const Period& period : periods_) {
      const Instant candidate = std::max(at, Instant::at(day, period.from_second));
      if (candidate >= Instant::at(day, period.until_second)) continue;
      if (candidate >= limit) return std::nullopt;
      if (!SHOUYUE_TRY(is_open_day(day, days_, calendar))) break;
      return candidate;
    }
  }
  return std::nullopt;
}

std::optional<int> BusinessHours::period_of(Instant at) const {
  const int second = at.second_of_day();
  for (std::size_t i = 0; i < periods_.size(); ++i)
    if (second >= periods_[i].from_second && second < periods_[i].until_second) return static_cast<int>(i);
  return std::nullopt;
}

}  // namespace shouyue::calendar
