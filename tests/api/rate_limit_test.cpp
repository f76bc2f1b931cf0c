#include "api/rate_limit.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using namespace std::chrono_literals;

TEST_CASE("a burst at once, then one each while, for each key of its own") {
  api::RateLimit limit(3, 1s);
  const api::RateLimit::Clock::time_point start{};
  for (int n = 0; n < 3; ++n) CHECK(limit.allow("a", start + 1h));
  CHECK_FALSE(limit.allow("a", start + 1h));
  CHECK(limit.allow("b", start + 1h));
  CHECK_FALSE(limit.allow("a", start + 1h + 999ms));
  CHECK(limit.allow("a", start + 1h + 1s));
  CHECK_FALSE(limit.allow("a", start + 1h + 1s));
  for (int n = 0; n < 3; ++n) CHECK(limit.allow("a", start + 2h));
  CHECK_FALSE(limit.allow("a", start + 2h));
}
