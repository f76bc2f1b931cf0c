#include "calendar/working_calendar.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "base/csv.hpp"
#include "base/text.hpp"

namespace shouyue::calendar {

struct WorkingCalendar::Days {
  struct Source {
    int year;
    std::string notices;
  };
  struct Day {
    bool is_working = false;
    bool is_statutory_holiday = false;
    bool is_make_up_day = false;  // a weekend day on which people work
  };

  Date from;
  std::vector<Source> sources;  // by year
  std::vector<Day> days;
  std::vector<std::int32_t> working_upto;  // [i]: working days from the first covered day to day i, both inclusive
  std::vector<std::int32_t> working;       // day numbers (from `from`) of all working days, in order

  Date to() const { return from + (static_cast<int>(days.size()) - 1); }
  bool covers(Date day) const { return day >= from && day <= to(); }
  std::size_t index(Date day) const { return static_cast<std::size_t>(day - from); }
  void count();
};

namespace {

using Fields = std::span<const std::string_view>;

std::unexpected<Error> refuse_line(const char* rule, std::int64_t line, const std::string& en, const std::string& zh) {
  const std::string at = std::to_string(line);
  return refuse(Errc::invalid_input, rule, "line " + at + ": " + en, "第 " + at + " 行：" + zh);
}

std::unexpected<Error> bad_form(std::int64_t line, std::string_view found) {
  return refuse_line("calendar.form", line, "'" + excerpt(found) + "' is not what this column holds",
                     "“" + excerpt(found) + "”不是该列应有的内容");
}

// Calls `take(fields, line)` for each row behind the header, which must be `header`.
template <std::size_t columns, class Take>
Result<void> read_rows(std::string_view text, const std::array<std::string_view, columns>& header, Take take) {
  CsvReader reader(bytes_of(text));
  for (bool is_header = true;; is_header = false) {
    const auto row = SHOUYUE_TRY(reader.next());
    if (!row && is_header) return bad_form(1, "");
    if (!row) return {};
    if (row->fields.size() != columns) return bad_form(row->line, row->fields[0]);
    if (!is_header)
      SHOUYUE_CHECK(take(row->fields, row->line));
    else if (!std::ranges::equal(row->fields, header))
      return bad_form(row->line, row->fields[0]);
  }
}

std::optional<int> read_year(std::string_view text) {
  const auto first_day = Date::parse(std::string(text) + "-01-01");
  return first_day ? std::optional(first_day->year()) : std::nullopt;
}

Date first_day_of(int year) { return Date::from_civil(year, 1, 1).value(); }

}  // namespace

void WorkingCalendar::Days::count() {
  working_upto.clear();
  working.clear();
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (days[i].is_working) working.push_back(static_cast<std::int32_t>(i));
    working_upto.push_back(static_cast<std::int32_t>(working.size()));
  }
}

Result<WorkingCalendar> WorkingCalendar::read(std::string_view notices, std::string_view sources) {
  auto days = std::make_shared<Days>();
  SHOUYUE_CHECK(read_rows<2>(sources, {"year", "source"}, [&](Fields fields, std::int64_t line) -> Result<void> {
    const auto year = read_year(fields[0]);
    if (!year || fields[1].empty()) return bad_form(line, fields[year ? 1 : 0]);
    auto& known = days->sources;
    if (known.empty() || *year == known.back().year + 1) {
      known.push_back({.year = *year, .notices = std::string(fields[1])});
    } else if (*year == known.back().year) {
      known.back().notices += " " + std::string(fields[1]);
    } else {
      return refuse_line("calendar.gap", line, "the years must follow one another", "年份必须连续");
    }
    return {};
  }));
  if (days->sources.empty()) return bad_form(2, "");
  days->from = first_day_of(days->sources.front().year);
  days->days.resize(static_cast<std::size_t>(first_day_of(days->sources.back().year + 1) - days->from));
  for (std::size_t i = 0; i < days->days.size(); ++i)
    days->days[i].is_working = (days->from + static_cast<int>(i)).weekday() <= 5;

  std::vector<bool> is_listed(days->days.size());
  const auto take_day = [&](Fields fields, std::int64_t line) -> Result<void> {
    const auto date = Date::parse(fields[0]);
    if (!date) return bad_form(line, fields[0]);
    if (fields[2] != "0" && fields[2] != "1") return bad_form(line, fields[2]);
    if (!days->covers(*date))
      return refuse_line("calendar.outside_coverage", line, date->text() + " lies in a year without a source",
                         date->text() + " 所在年份没有来源");
    const std::size_t index = days->index(*date);
    if (is_listed[index])
      return refuse_line("calendar.duplicate_day", line, date->text() + " is listed twice", date->text() + " 重复");
    is_listed[index] = true;
    const bool is_off = fields[2] == "1";
    days->days[index] = {
        .is_working = !is_off, .is_statutory_holiday = is_off, .is_make_up_day = !is_off && date->weekday() >= 6};
    return {};
  };
  SHOUYUE_CHECK(read_rows<3>(notices, {"date", "name", "is_off_day"}, take_day));
  days->count();
  WorkingCalendar calendar;
  calendar.days_ = std::move(days);
  return calendar;
}

WorkingCalendar WorkingCalendar::without_make_up_days() const {
  auto days = std::make_shared<Days>(*days_);
  for (Days::Day& day : days->days)
    if (day.is_make_up_day) day.is_working = false;
  days->count();
  WorkingCalendar calendar;
  calendar.days_ = std::move(days);
  return calendar;
}

Result<void> WorkingCalendar::check_covered(Date day) const {
  if (days_->covers(day)) return {};
  const std::string from = covered_from().text(), to = covered_to().text(), asked = day.text();
  return refuse(Errc::no_data, "calendar.not_covered",
                "the working calendar reaches from " + from + " to " + to + ", not to " + asked +
                    "; add the published notice of that year",
                "工作日历覆盖 " + from + " 至 " + to + "，不含 " + asked + "，请补充该年度放假通知");
}

Result<bool> WorkingCalendar::is_working(Date day) const {
  SHOUYUE_CHECK(check_covered(day));
  return days_->days[days_->index(day)].is_working;
}

Result<bool> WorkingCalendar::is_statutory_holiday(Date day) const {
  SHOUYUE_CHECK(check_covered(day));
  return days_->days[days_->index(day)].is_statutory_holiday;
}

Result<Date> WorkingCalendar::working_days_after(Date day, int n) const {
  ensure(n >= 0, "negative number of working days");
  SHOUYUE_CHECK(check_covered(day));
  if (n == 0) return day;
  const auto nth = static_cast<std::size_t>(days_->working_upto[days_->index(day)] + n - 1);
  if (nth >= days_->working.size()) SHOUYUE_CHECK(check_covered(covered_to() + 1));
  return days_->from + days_->working[nth];
}

Result<int> WorkingCalendar::working_days_between(Date after, Date upto) const {
  if (upto <= after) return 0;
  SHOUYUE_CHECK(check_covered(after));
  SHOUYUE_CHECK(check_covered(upto));
  return days_->working_upto[days_->index(upto)] - days_->working_upto[days_->index(after)];
}

Date WorkingCalendar::covered_from() const { return days_->from; }
Date WorkingCalendar::covered_to() const { return days_->to(); }

std::string_view WorkingCalendar::source_of(int year) const {
  for (const Days::Source& source : days_->sources)
    if (source.year == year) return source.notices;
  return {};
}

}  // namespace shouyue::calendar
