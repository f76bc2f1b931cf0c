#include "base/date.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace shouyue;

namespace {

Date day(const char* text) { return Date::parse(text).value(); }

}  // namespace

TEST_CASE("Date::parse reads the forms of spreadsheets and databases") {
  for (const char* text : {"2021-10-08", "2021/10/08", "2021/10/8", "2021-10-08 00:00:00", "2021-10-08T00:00:00",
                           "2021/10/8 0:00", "2021/10/8 0:00:00"}) {
    CAPTURE(text);
    REQUIRE(Date::parse(text).has_value());
    CHECK(Date::parse(text)->text() == "2021-10-08");
  }
  for (const char* text : {"", "2021", "2021-10", "2021-1-8", "21-10-08", "2021-10/08", "20211008", "2021-10-08x",
                           "2021-10-08 09:00:00", "2021年10月8日", "２０２１-10-08", "-021-10-08"}) {
    CAPTURE(text);
    REQUIRE_FALSE(Date::parse(text).has_value());
    CHECK(Date::parse(text).error().rule == "date.form");
  }
  for (const char* text : {"2021-02-29", "2021-13-01", "2021-00-10", "2021-04-31", "0000-01-01", "1900/2/29"}) {
    CAPTURE(text);
    REQUIRE_FALSE(Date::parse(text).has_value());
    CHECK(Date::parse(text).error().rule == "date.does_not_exist");
  }
}

TEST_CASE("Every day from 1900 to 2100 has its text, parts and weekday") {
  int weekday = 1;  // 1900-01-01 was a Monday
  for (Date date = day("1900-01-01"); date <= day("2100-12-31"); ++date) {
    REQUIRE(Date::parse(date.text()) == date);
    REQUIRE(Date::from_civil(date.year(), date.month(), date.day()) == date);
    REQUIRE(date.weekday() == weekday);
    weekday = weekday % 7 + 1;
  }
}

TEST_CASE("Date::add_months_clipped keeps the day number or takes the month's last day") {
  const struct {
    const char* from;
    int months;
    const char* to;
  } table[] = {
      {"2021-01-31", 1, "2021-02-28"},  {"2020-01-31", 1, "2020-02-29"},  {"2021-01-28", 1, "2021-02-28"},
      {"2021-03-31", -1, "2021-02-28"}, {"2021-10-08", 12, "2022-10-08"}, {"2020-02-29", 12, "2021-02-28"},
      {"2021-12-15", 1, "2022-01-15"},  {"2021-05-31", 0, "2021-05-31"},
  };
  for (const auto& row : table) CHECK(day(row.from).add_months_clipped(row.months).text() == row.to);
}

TEST_CASE("age_on counts completed years") {
  const struct {
    const char* birth;
    const char* on;
    int age;
  } table[] = {
      {"1960-10-08", "2021-10-07", 60}, {"1960-10-08", "2021-10-08", 61}, {"1960-10-08", "2021-10-09", 61},
      {"2000-02-29", "2021-02-28", 20}, {"2000-02-29", "2021-03-01", 21}, {"2021-10-08", "2021-10-08", 0},
  };
  for (const auto& row : table) CHECK(age_on(day(row.birth), day(row.on)) == row.age);
}
