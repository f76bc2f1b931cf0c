#include "base/decimal.hpp"

#include <doctest/doctest.h>

using namespace shouyue;

TEST_CASE("Decimal::parse reads numbers and percentages exactly") {
  const struct {
    const char* text;
    std::int64_t millionths;
    const char* shortest;
  } table[] = {
      {"0.15", 150'000, "0.15"},
      {"-2", -2'000'000, "-2"},
      {"4.00%", 40'000, "0.04"},
      {"0.06%", 600, "0.0006"},
      {"100%", 1'000'000, "1"},
      {"0.000001", 1, "0.000001"},
      {"0.0001%", 1, "0.000001"},
      {"7", 7'000'000, "7"},
      {"0", 0, "0"},
      {"-0.5%", -5'000, "-0.005"},
      {"9223372036854.775807", INT64_MAX, "9223372036854.775807"},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    REQUIRE(Decimal::parse(row.text).has_value());
    CHECK(Decimal::parse(row.text)->in_millionths() == row.millionths);
    CHECK(Decimal::parse(row.text)->text() == row.shortest);
  }
  for (const char* text : {"", "%", "-", ".5", "5.", "0.0000001", "0.00001%", "1,000", "1e3", "1.2.3",
                           "9223372036854.775808", "9999999999999999"}) {
    CAPTURE(text);
    REQUIRE_FALSE(Decimal::parse(text).has_value());
    CHECK(Decimal::parse(text).error().rule == "decimal.form");
  }
}

TEST_CASE("Decimal::text rounds half away from zero") {
  const struct {
    std::int64_t millionths;
    int places;
    const char* text;
  } table[] = {
      {1'005'000, 2, "1.01"},  {1'004'999, 2, "1.00"}, {-1'005'000, 2, "-1.01"},     {-4'999, 2, "0.00"},
      {999'995, 5, "1.00000"}, {1'500'000, 0, "2"},    {97'123'456, 6, "97.123456"},
  };
  for (const auto& row : table) CHECK(Decimal::millionths(row.millionths).text(row.places) == row.text);
}

TEST_CASE("ratio_rounded gives millionths, halves away from zero") {
  const struct {
    std::int64_t numerator, denominator, millionths;
  } table[] = {
      {1, 3, 333'333},   {2, 3, 666'667},   {-2, 3, -666'667}, {2, -3, -666'667},
      {1, 2'000'000, 1}, {1, 2'000'001, 0}, {0, 5, 0},         {5'000'000'000'000, 5'000'000'000'000, 1'000'000},
  };
  for (const auto& row : table) CHECK(ratio_rounded(row.numerator, row.denominator).in_millionths() == row.millionths);
  CHECK_THROWS_AS(ratio_rounded(1, 0), Bug);
}
