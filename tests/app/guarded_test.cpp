#include "app/guarded.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using namespace shouyue::app;

TEST_CASE("an exception of guarded work is a refusal, a refusal stays what it is") {
  const auto fails = guarded([]() -> Result<void> {
    ensure(false, "planned");
    return {};
  });
  CHECK(fails.error().rule == "internal.bug");
  CHECK(fails.error().en.contains("planned"));
  CHECK(fails.error().zh.contains("planned"));
  CHECK(guarded([]() -> Result<void> { return refuse(Errc::conflict, "a.rule", "", ""); }).error().rule == "a.rule");
  CHECK(guarded([] { return Result<void>(); }).has_value());
}
