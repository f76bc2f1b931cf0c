#include "base/instant.hpp"

#include <doctest/doctest.h>

#include "base/now.hpp"

using namespace shouyue;

TEST_CASE("Instant::parse reads China's time and other offsets") {
  const struct {
    const char* text;
    const char* instant;
  } table[] = {
      {"2021-10-08T09:30:00+08:00", "2021-10-08T09:30:00+08:00"},
      {"2021-10-08 09:30:00", "2021-10-08T09:30:00+08:00"},
      {"2021/10/8 9:30", "2021-10-08T09:30:00+08:00"},
      {"2021-10-08", "2021-10-08T00:00:00+08:00"},
      {"2021-10-08T01:30:00Z", "2021-10-08T09:30:00+08:00"},
      {"2021-10-07T20:30:00-05:00", "2021-10-08T09:30:00+08:00"},
      {"2021-10-08T09:30:00+0800", "2021-10-08T09:30:00+08:00"},
      {"2021-10-08 09:30:00.0", "2021-10-08T09:30:00+08:00"},
      {"2021-10-08 09:30:00.999999", "2021-10-08T09:30:00+08:00"},
      {"1969-12-31 23:59:59", "1969-12-31T23:59:59+08:00"},
      {"2021-10-08T23:30:00Z", "2021-10-09T07:30:00+08:00"},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    REQUIRE(Instant::parse(row.text).has_value());
    CHECK(Instant::parse(row.text)->text() == row.instant);
  }
}

TEST_CASE("Instant::parse refuses what is no time") {
  for (const char* text :
       {"", "09:30", "2021-10-08 ", "2021-10-08 9", "2021-10-08 24:00:00", "2021-10-08 09:60:00", "2021-10-08 09:30:60",
        "2021-10-08 09:30:00+8", "2021-10-08 09:30:00 ", "2021-10-08T09:30:00+15:00", "2021-10-08 09:30.5",
        "2021-10-08 9:30 AM", "0001-01-01 00:00:00+14:00", "9999-12-31 23:59:59-14:00"}) {
    CAPTURE(text);
    REQUIRE_FALSE(Instant::parse(text).has_value());
    CHECK(Instant::parse(text).error().rule == "instant.form");
  }
  CHECK(Instant::parse("2021-02-29 09:30:00").error().rule == "date.does_not_exist");
}

TEST_CASE("Instant and Date meet at midnight in China") {
  const Date date = Date::parse("2021-10-08").value();
  CHECK(Instant::start_of(date).date() == date);
  CHECK(Instant::start_of(date).just_before().date() == date - 1);
  CHECK(Instant::start_of(date).just_before().second_of_day() == 86'399);
  CHECK(Instant::at(date, 33'000).plain_text() == "2021-10-08 09:10:00");
  CHECK(Instant::at(date, 33'000).second_of_day() == 33'000);
  CHECK(Instant::start_of(date).plus_seconds(86'400) == Instant::start_of(date + 1));
}

TEST_CASE("Now remembers the nearest limits on both sides") {
  const Date date = Date::parse("2021-10-08").value();
  Now now(Instant::at(date, 9 * 3600));
  CHECK(now.reached(Instant::at(date, 9 * 3600)));
  CHECK(now.reached(date));
  CHECK_FALSE(now.next_change());
  CHECK_FALSE(now.is_past(date));
  CHECK(now.next_change() == Instant::start_of(date + 1));
  CHECK_FALSE(now.reached(date + 5));
  CHECK(now.next_change() == Instant::start_of(date + 1));
  CHECK_FALSE(now.reached(Instant::at(date, 9 * 3600 + 1)));
  CHECK(now.next_change() == Instant::at(date, 9 * 3600 + 1));
  CHECK(now.last_change() == Instant::at(date, 9 * 3600));
  Now later(Instant::at(date, 9 * 3600 + 1));
  CHECK_FALSE(later.last_change());
  CHECK(later.reached(date));
  CHECK(later.reached(date - 1));
  CHECK(later.last_change() == Instant::start_of(date));
}
