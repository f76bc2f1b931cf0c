#include "kpi/period.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using kpi::Period;

TEST_CASE("the four ways to write a period") {
  struct Row {
    const char *text, *from, *to, *written;
  };
  for (const Row& row :
       {Row{"2021-10", "2021-10-01", "2021-10-31", "2021-10"}, Row{"2024-02", "2024-02-01", "2024-02-29", "2024-02"},
        Row{"2021Q4", "2021-10-01", "2021-12-31", "2021Q4"}, Row{"2021Q1", "2021-01-01", "2021-03-31", "2021Q1"},
        Row{"2021", "2021-01-01", "2021-12-31", "2021"},
        Row{"2021-10-08..2021-11-07", "2021-10-08", "2021-11-07", "2021-10-08..2021-11-07"},
        Row{"2021-10-08..2021-10-08", "2021-10-08", "2021-10-08", "2021-10-08..2021-10-08"},
        Row{"2021-10-01..2021-12-31", "2021-10-01", "2021-12-31", "2021Q4"}}) {
    CAPTURE(row.text);
    const auto period = Period::parse(row.text);
    REQUIRE(period.has_value());
    CHECK(period->from.text() == row.from);
    CHECK(period->to.text() == row.to);
    CHECK(period->text() == row.written);
  }
}

TEST_CASE("what is no period") {
  for (const char* text : {"", "21", "2021-13", "2021-00", "2021Q0", "2021Q5", "2021-1", "2021-+1", "2021-10-", "Q1",
                           "0000", "2021x", "2021Q-1", "2021-10 "}) {
    CAPTURE(text);
    CHECK(Period::parse(text).error().rule == "kpi.period_form");
  }
  CHECK(Period::parse("2021-10-08..2021-10-07").error().rule == "kpi.period_order");
  CHECK(Period::parse("2021-10-08..").error().rule == "date.form");
}

TEST_CASE("the months that a period touches are cut to it") {
  const auto months = Period::parse("2021-12-15..2022-02-03")->months();
  REQUIRE(months.size() == 3);
  CHECK(months[0].text() == "2021-12-15..2021-12-31");
  CHECK(months[1].text() == "2022-01");
  CHECK(months[2].text() == "2022-02-01..2022-02-03");
}
