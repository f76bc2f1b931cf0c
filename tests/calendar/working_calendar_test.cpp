#include "calendar/working_calendar.hpp"

#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "shipped_calendar.hpp"

using namespace shouyue;
using calendar::WorkingCalendar;

namespace {

Date day(const char* text) { return Date::parse(text).value(); }

}  // namespace

// Source of the list: day-by-day table checked against a second calendar library.
TEST_CASE("the shipped calendar agrees with the day-by-day list of 2007 to 2026") {
  std::istringstream list(file_text("tests/data/working_days_2007_2026.txt"));
  Date date = shipped_calendar().covered_from();
  int compared = 0;
  for (std::string year, letters; list >> year >> letters;) {
    REQUIRE(date.text() == year + "-01-01");
    for (const char letter : letters) {
      CAPTURE(date.text());
      REQUIRE(shipped_calendar().is_working(date).value() == (letter == 'w'));
      ++date, ++compared;
    }
  }
  CHECK(compared == 7305);
  CHECK(date == shipped_calendar().covered_to() + 1);
}

// Source: 2021 notice: 1 to 7 October off, 26 September and 9 October worked.
TEST_CASE("working days over the National Day of 2021") {
  const struct {
    int n;
    const char* date;
  } table[] = {
      {0, "2021-09-29"}, {1, "2021-09-30"}, {2, "2021-10-08"}, {3, "2021-10-09"},
      {4, "2021-10-11"}, {5, "2021-10-12"}, {7, "2021-10-14"}, {15, "2021-10-26"},
  };
  for (const auto& row : table) {
    CHECK(shipped_calendar().working_days_after(day("2021-09-29"), row.n).value().text() == row.date);
    CHECK(shipped_calendar().working_days_between(day("2021-09-29"), day(row.date)).value() == row.n);
  }
  CHECK(shipped_calendar().working_days_between(day("2021-09-30"), day("2021-10-07")).value() == 0);
  CHECK(shipped_calendar().working_days_between(day("2021-10-08"), day("2021-09-29")).value() == 0);
}

TEST_CASE("statutory holidays are the days off of the notices, not ordinary weekends") {
  const struct {
    const char* date;
    bool is_holiday, is_working;
  } table[] = {
      {"2021-09-26", false, true}, {"2021-09-30", false, true},  {"2021-10-01", true, false},
      {"2021-10-02", true, false}, {"2021-10-07", true, false},  {"2021-10-08", false, true},
      {"2021-10-09", false, true}, {"2021-10-10", false, false}, {"2020-01-31", true, false},
      {"2020-02-03", false, true},
  };
  for (const auto& row : table) {
    CAPTURE(row.date);
    CHECK(shipped_calendar().is_statutory_holiday(day(row.date)).value() == row.is_holiday);
    CHECK(shipped_calendar().is_working(day(row.date)).value() == row.is_working);
  }
}

TEST_CASE("an office without make-up days rests on worked weekends") {
  const WorkingCalendar office = shipped_calendar().without_make_up_days();
  CHECK_FALSE(office.is_working(day("2021-10-09")).value());
  CHECK_FALSE(office.is_working(day("2021-09-26")).value());
  CHECK(office.is_working(day("2020-02-03")).value());
  CHECK(office.working_days_after(day("2021-09-29"), 5).value().text() == "2021-10-13");
  CHECK(office.is_statutory_holiday(day("2021-10-01")).value());
  CHECK(shipped_calendar().is_working(day("2021-10-09")).value());
}

TEST_CASE("outside the coverage nothing is guessed") {
  const auto& shipped = shipped_calendar();
  CHECK(shipped.covered_from().text() == "2007-01-01");
  CHECK(shipped.covered_to().text() == "2026-12-31");
  for (const char* text : {"2006-12-31", "2027-01-01"}) {
    CHECK(shipped.is_working(day(text)).error().rule == "calendar.not_covered");
    CHECK(shipped.is_statutory_holiday(day(text)).error().rule == "calendar.not_covered");
    CHECK(shipped.working_days_after(day(text), 0).error().rule == "calendar.not_covered");
    CHECK(shipped.working_days_after(day(text), 1).error().code == Errc::no_data);
  }
  CHECK(shipped.is_working(day("2007-01-01")).has_value());
  CHECK(shipped.is_working(day("2026-12-31")).has_value());
  CHECK(shipped.working_days_after(day("2026-12-30"), 1).value().text() == "2026-12-31");
  CHECK(shipped.working_days_after(day("2026-12-30"), 2).error().rule == "calendar.not_covered");
  CHECK(shipped.working_days_after(day("2026-12-31"), 1).error().rule == "calendar.not_covered");
  CHECK(shipped.working_days_between(day("2026-12-30"), day("2027-01-01")).error().rule == "calendar.not_covered");
  CHECK(shipped.working_days_between(day("2006-12-31"), day("2007-01-01")).error().rule == "calendar.not_covered");
  CHECK_THROWS_AS((void)shipped.working_days_after(day("2021-10-08"), -1), Bug);
}

TEST_CASE("counting and stepping agree with walking day by day") {
  const auto& shipped = shipped_calendar();
  for (Date from = day("2019-12-20"); from < day("2020-03-10"); ++from) {
    int working = 0;
    for (Date date = from + 1; date < from + 40; ++date) {
      if (!shipped.is_working(date).value()) continue;
      ++working;
      REQUIRE(shipped.working_days_between(from, date).value() == working);
      REQUIRE(shipped.working_days_after(from, working).value() == date);
    }
  }
}

TEST_CASE("a year with two notices has both as its source") {
  CHECK(shipped_calendar().source_of(2021) == "http://www.gov.cn/zhengce/zhengceku/2020-11/25/content_5564127.htm");
  CHECK(shipped_calendar().source_of(2020) ==
        "http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm "
        "http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm");
  CHECK(shipped_calendar().source_of(2006).empty());
  CHECK(shipped_calendar().source_of(2027).empty());
}

TEST_CASE("WorkingCalendar::read refuses broken tables") {
  const std::string head = "date,name,is_off_day\n", years = "year,source\n2021,notice\n2022,notice\n";
  const struct {
    std::string notices, sources, rule;
  } table[] = {
      {head + "2021-10-01,国庆节,1\n", years, ""},
      {"\xEF\xBB\xBF" + head + "2021-10-01,国庆节,1\r\n", years, ""},
      {head, years, ""},
      {head + "2021-10-01,国庆节,yes\n", years, "calendar.form"},
      {head + "2021-10-01,国庆节\n", years, "calendar.form"},
      {head + "2021-02-29,春节,1\n", years, "calendar.form"},
      {"date,is_off_day,name\n", years, "calendar.form"},
      {"", years, "calendar.form"},
      {head, "", "calendar.form"},
      {head, "year,source\n", "calendar.form"},
      {head, "year,source\n2021,\n", "calendar.form"},
      {head, "year,source\n21,notice\n", "calendar.form"},
      {head, "year,source\n2021,a\n2023,b\n", "calendar.gap"},
      {head, "year,source\n2022,a\n2021,b\n", "calendar.gap"},
      {head + "2020-12-31,元旦,1\n", years, "calendar.outside_coverage"},
      {head + "2023-01-01,元旦,1\n", years, "calendar.outside_coverage"},
      {head + "2021-10-01,国庆节,1\n2021-10-01,国庆节,1\n", years, "calendar.duplicate_day"},
      {head + "\"2021-10-01,国庆节,1\n", years, "csv.unterminated_quote"},
  };
  for (const auto& row : table) {
    CAPTURE(row.notices);
    CAPTURE(row.sources);
    const auto calendar = WorkingCalendar::read(row.notices, row.sources);
    CHECK((calendar ? "" : calendar.error().rule) == row.rule);
  }
}
