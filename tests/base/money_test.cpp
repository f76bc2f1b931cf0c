#include "base/money.hpp"

#include <cstdint>

#include <doctest/doctest.h>

#include "seeded_random.hpp"

using namespace shouyue;

TEST_CASE("Money::parse reads yuan with at most two decimals") {
  const struct {
    const char* text;
    std::int64_t fen;
  } table[] = {
      {"0", 0},
      {"60000", 6'000'000},
      {"60,000.00", 6'000'000},
      {"-12.5", -1250},
      {"1.05", 105},
      {"999,999.99", 99'999'999},
      {"1,000", 100'000},
      {"12,345,678.9", 1'234'567'890},
      {"0.01", 1},
      {"007", 700},
      {"-0", 0},
      {"999999999999999.99", 99'999'999'999'999'999},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    REQUIRE(Money::parse(row.text).has_value());
    CHECK(Money::parse(row.text)->in_fen() == row.fen);
  }
}

TEST_CASE("Money::parse refuses what is not an amount") {
  for (const char* text :
       {"",       "-",     ".5",  "5.", "1.005", "1,00", "1234,567", "1,2345", ",123",      "1,,000",
        "1,000,", "1.0.0", "1e3", "¥5", " 5",    "5 ",   "+5",       "--5",    "1,000.1,0", "1000000000000000"}) {
    CAPTURE(text);
    REQUIRE_FALSE(Money::parse(text).has_value());
    CHECK(Money::parse(text).error().rule == "money.form");
  }
}

TEST_CASE("Money::yuan and Money::parse are inverse") {
  constexpr std::uint64_t seed = 20211008;
  INFO("seed " << seed);
  SeededRandom random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const Money amount = Money::fen(static_cast<std::int64_t>(random.next() % 2'000'000'000'000) - 1'000'000'000'000);
    CAPTURE(amount.yuan());
    REQUIRE(Money::parse(amount.yuan()) == amount);
    REQUIRE(amount - amount == Money());
    REQUIRE(-(-amount) == amount);
  }
}

TEST_CASE("Money refuses to overflow") {
  CHECK_THROWS_AS(Money::fen(INT64_MAX) + Money::fen(1), Bug);
  CHECK_THROWS_AS(Money::fen(INT64_MIN) - Money::fen(1), Bug);
  CHECK_THROWS_AS(-Money::fen(INT64_MIN), Bug);
  CHECK(Money::fen(INT64_MIN).yuan() == "-92233720368547758.08");
}
