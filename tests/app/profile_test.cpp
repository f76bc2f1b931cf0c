#include "app/profile.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using namespace shouyue::app;

TEST_CASE("a profile of two lines is enough") {
  const auto profile = read_profile("insurer = \"x\"\nassign = [ { regime = \"pacific-2010\" } ]\n", "insurer.toml");
  REQUIRE(profile.has_value());
  CHECK(profile->insurer == "x");
  REQUIRE(profile->assign.size() == 1);
  CHECK(profile->assign[0].regime == "pacific-2010");
  CHECK_FALSE(profile->assign[0].channel.has_value());
}

TEST_CASE("a profile may say which policies a book governs, which office keeps which calendar, and who calls") {
  const auto profile = read_profile(R"(
insurer = "x"
calendars = [ { id = "city", make_up_days = false, orgs = ["3501"] } ]
[[assign]]
regime = "a"
channel = "银保"
region = 35
product_type = "participating"
issued_from = 2021-01-01
issued_to = 2021-12-31
[[seats]]
id = "S1"
languages = ["闽语"]
legs = ["first_call"]
)",
                                    "insurer.toml");
  REQUIRE(profile.has_value());
  const Assignment& assignment = profile->assign[0];
  CHECK(assignment.channel == insurer::Channel::bancassurance);
  CHECK(assignment.region == 35);
  CHECK(assignment.product_type == insurer::ProductType::participating);
  CHECK(assignment.issued_to->text() == "2021-12-31");
  CHECK_FALSE(profile->calendars[0].make_up_days);
  CHECK(profile->seats[0].legs.contains(insurer::Leg::first_call));
}

TEST_CASE("what is wrong with a profile is said with its place") {
  struct Case {
    const char* text;
    const char* rule;
    const char* place;
  };
  const Case cases[] = {
      {"insurer = \"x\"\nassign = [", "profile.syntax", "insurer.toml:2:"},
      {"insurer = \"x\"\ncolour = 1\nassign = [ { regime = \"a\" } ]", "profile.unknown_key", "insurer.toml:2:"},
      {"assign = [ { regime = \"a\" } ]", "profile.missing_key", "insurer.toml:1:"},
      {"insurer = \"x\"", "profile.missing_key", "insurer.toml"},
      {"insurer = \"x\"\nassign = [ { chanel = \"agency\", regime = \"a\" } ]", "profile.unknown_key", ":2:"},
      {"insurer = \"x\"\nassign = [ { } ]", "profile.missing_key", ":2:"},
      {"insurer = 1\nassign = [ { regime = \"a\" } ]", "profile.wrong_value", ":1:"},
      {"insurer = \"x\"\nassign = [ { regime = \"a\", channel = \"street\" } ]", "profile.wrong_value", ":2:"},
      {"insurer = \"x\"\nassign = [ { regime = \"a\", issued_from = \"2021-01-01\" } ]", "profile.wrong_value", ":2:"},
      {"insurer = \"x\"\nassign = [ { regime = \"a\", region = 123 } ]", "profile.wrong_value", ":2:"},
      {"insurer = \"x\"\nassign = 5", "profile.wrong_value", ":2:"},
      {"insurer = \"x\"\nassign = [ 5 ]", "profile.wrong_value", ":2:"},
      {"insurer = \"x\"\nassign = [ { regime = \"a\" } ]\nseats = [ { id = \"S\", legs = [\"walk\"] } ]",
       "profile.wrong_value", ":3:"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const auto profile = read_profile(one.text, "insurer.toml");
    REQUIRE_FALSE(profile.has_value());
    CHECK(profile.error().rule == one.rule);
    CHECK_MESSAGE(profile.error().en.find(one.place) != std::string::npos, profile.error().en);
  }
}
