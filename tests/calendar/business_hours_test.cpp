#include "calendar/business_hours.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "shipped_calendar.hpp"

using namespace shouyue;
using namespace shouyue::calendar;

namespace {

Instant at(const char* text) { return Instant::parse(text).value(); }

BusinessHours hours(const std::vector<std::string>& periods, DayRule days) {
  return BusinessHours::make(periods, days).value();
}

const std::vector<std::string> office = {"09:00-12:00", "14:00-21:00"};

}  // namespace

TEST_CASE("BusinessHours::make reads half-open periods in order") {
  CHECK(hours({"00:00-24:00"}, DayRule::every_day).periods() == std::vector<Period>{{0, 86'400}});
  CHECK(hours({"09:00-12:00", "12:00-13:30"}, DayRule::every_day).periods().size() == 2);
  const struct {
    std::vector<std::string> periods;
    const char* rule;
  } table[] = {
      {{}, "business_hours.form"},
      {{"9:00-12:00"}, "business_hours.form"},
      {{"09:00"}, "business_hours.form"},
      {{"09:00-09:00"}, "business_hours.form"},
      {{"12:00-09:00"}, "business_hours.form"},
      {{"09:00-24:01"}, "business_hours.form"},
      {{"09:60-10:00"}, "business_hours.form"},
      {{"09:00~12:00"}, "business_hours.form"},
      {{"09:00-12:00", "11:59-13:00"}, "business_hours.overlap"},
      {{"14:00-21:00", "09:00-12:00"}, "business_hours.overlap"},
  };
  for (const auto& row : table) {
    const auto made = BusinessHours::make(row.periods, DayRule::every_day);
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().rule == row.rule);
  }
}

TEST_CASE("is_open takes the first second and not the last") {
  const struct {
    const char* at;
    bool is_open;
    int period;
  } table[] = {
      {"2021-10-08 08:59:59", false, -1}, {"2021-10-08 09:00:00", true, 0},   {"2021-10-08 11:59:59", true, 0},
      {"2021-10-08 12:00:00", false, -1}, {"2021-10-08 13:59:59", false, -1}, {"2021-10-08 14:00:00", true, 1},
      {"2021-10-08 20:59:59", true, 1},   {"2021-10-08 21:00:00", false, -1},
  };
  const BusinessHours window = hours(office, DayRule::every_day);
  for (const auto& row : table) {
    CAPTURE(row.at);
    CHECK(window.is_open(at(row.at), shipped_calendar()).value() == row.is_open);
    CHECK(window.period_of(at(row.at)).value_or(-1) == row.period);
  }
}

TEST_CASE("is_open follows the rule for days") {
  const struct {
    const char* at;
    bool every_day, except_holidays, working_days;
  } table[] = {
      {"2021-09-30 10:00", true, true, true},   {"2021-10-01 10:00", true, false, false},
      {"2021-10-07 10:00", true, false, false}, {"2021-10-09 10:00", true, true, true},
      {"2021-10-10 10:00", true, true, false},
  };
  for (const auto& row : table) {
    CAPTURE(row.at);
    const auto is_open = [&](DayRule rule) {
      return hours(office, rule).is_open(at(row.at), shipped_calendar()).value();
    };
    CHECK(is_open(DayRule::every_day) == row.every_day);
    CHECK(is_open(DayRule::except_statutory_holidays) == row.except_holidays);
    CHECK(is_open(DayRule::working_days) == row.working_days);
  }
}

TEST_CASE("first_open finds the next open moment before the limit") {
  const struct {
    const char* at;
    const char* limit;
    DayRule days;
    const char* open;
  } table[] = {
      {"2021-10-08 09:10:00", "2021-10-09", DayRule::every_day, "2021-10-08 09:10:00"},
      {"2021-10-08 08:00:00", "2021-10-09", DayRule::every_day, "2021-10-08 09:00:00"},
      {"2021-10-08 12:00:00", "2021-10-09", DayRule::every_day, "2021-10-08 14:00:00"},
      {"2021-10-08 21:00:00", "2021-10-10", DayRule::every_day, "2021-10-09 09:00:00"},
      {"2021-10-08 21:00:00", "2021-10-09 09:00:00", DayRule::every_day, ""},
      {"2021-10-08 21:00:00", "2021-10-09 09:00:01", DayRule::every_day, "2021-10-09 09:00:00"},
      {"2021-10-08 12:00:00", "2021-10-08 12:00:00", DayRule::every_day, ""},
      {"2021-09-30 21:00:00", "2021-10-31", DayRule::working_days, "2021-10-08 09:00:00"},
      {"2021-10-09 21:00:00", "2021-10-31", DayRule::working_days, "2021-10-11 09:00:00"},
      {"2021-10-09 21:00:00", "2021-10-31", DayRule::except_statutory_holidays, "2021-10-10 09:00:00"},
      {"2021-09-30 21:00:00", "2021-10-08", DayRule::working_days, ""},
  };
  for (const auto& row : table) {
    CAPTURE(row.at);
    CAPTURE(row.limit);
    const auto open = hours(office, row.days).first_open(at(row.at), at(row.limit), shipped_calendar()).value();
    CHECK((open ? open->plain_text() : "") == row.open);
  }
}

TEST_CASE("only windows that depend on the calendar need its coverage") {
  const Instant late = at("2026-12-31 21:00:00"), limit = at("2027-02-01");
  CHECK(hours(office, DayRule::working_days).first_open(late, limit, shipped_calendar()).error().rule ==
        "calendar.not_covered");
  CHECK(hours(office, DayRule::every_day).first_open(late, limit, shipped_calendar()).value() ==
        at("2027-01-01 09:00:00"));
  CHECK(hours(office, DayRule::working_days).is_open(at("2027-01-04 10:00"), shipped_calendar()).error().rule ==
        "calendar.not_covered");
}
