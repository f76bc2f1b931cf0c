// Small cases by hand: one policy, one question, and which month answers.
#include <doctest/doctest.h>

#include "kpi/engine.hpp"
#include "regime/vocabulary.hpp"

using namespace shouyue;

namespace {

Date day(const char* text) { return Date::parse(text).value(); }

regime::Indicator cooling_off_success() {
  const expr::Schema schema = regime::policy_column_schema();
  regime::Indicator indicator;
  indicator.id = "cooling_off_success";
  indicator.table = "policies";
  indicator.cohort = "cooling_off_end";
  indicator.early = "success_on";
  indicator.population = expr::Expression::parse("in_scope", schema).value();
  indicator.numerator = expr::Expression::parse("success and success_on <= cooling_off_end", schema).value();
  indicator.exclusions.emplace_back().when = expr::Expression::parse("cancelled_in_cooling_off", schema).value();
  return indicator;
}

kpi::PolicyRow policy(const char* cooling_off_end, std::optional<const char*> success_on) {
  kpi::PolicyRow row;
  row.policy_no = "P1";
  row.in_scope = true;
  row.issued_on = day("2021-06-20");
  row.cooling_off_end = day(cooling_off_end);
  row.success = success_on.has_value();
  if (success_on) row.success_on = day(*success_on);
  return row;
}

std::string figure(const kpi::PolicyRow& row, const char* period) {
  kpi::PolicyColumns policies;
  REQUIRE(policies.append(row).has_value());
  const auto tree =
      kpi::OrganisationTree::make({{.code = "86", .level = insurer::Level::head_office, .parent = {}}}).value();
  const kpi::TicketColumns tickets;
  std::vector<regime::Indicator> list;
  list.push_back(cooling_off_success());
  const kpi::Request request{.period = kpi::Period::parse(period).value()};
  const auto card = kpi::compute({.policies = policies, .tickets = tickets, .organisations = tree},
                                 {.indicators = list, .subtypes = {}}, request)
                        .value();
  const kpi::Tally tally = card.tally(0, {});
  return std::to_string(tally.numerator) + "/" + std::to_string(tally.denominator) + " without " +
         std::to_string(tally.excluded());
}

}  // namespace

TEST_CASE("a success before the month in which the cooling-off period ends counts in its own month, and only there") {
  const auto row = policy("2021-07-05", "2021-06-28");
  CHECK(figure(row, "2021-06") == "1/1 without 0");
  CHECK(figure(row, "2021-07") == "0/0 without 0");
  CHECK(figure(row, "2021Q2") == "1/1 without 0");
  CHECK(figure(row, "2021Q3") == "0/0 without 0");
  CHECK(figure(row, "2021") == "1/1 without 0");
  CHECK(figure(row, "2021-06-28..2021-06-28") == "1/1 without 0");
  CHECK(figure(row, "2021-06-01..2021-06-27") == "0/0 without 0");
}

TEST_CASE("without success, or with one too late, the end of the cooling-off period decides") {
  CHECK(figure(policy("2021-07-05", {}), "2021-06") == "0/0 without 0");
  CHECK(figure(policy("2021-07-05", {}), "2021-07") == "0/1 without 0");
  CHECK(figure(policy("2021-07-05", "2021-07-05"), "2021-07") == "1/1 without 0");
  CHECK(figure(policy("2021-07-05", "2021-07-06"), "2021-07") == "0/1 without 0");
}

TEST_CASE("what is excluded counts in the month of its cohort date and in nothing else") {
  auto row = policy("2021-07-05", "2021-06-28");
  row.cancelled_in_cooling_off = true;
  CHECK(figure(row, "2021-06") == "0/0 without 0");
  CHECK(figure(row, "2021-07") == "0/0 without 1");
}

TEST_CASE("a policy whose cooling-off period is not known counts nowhere") {
  auto row = policy("2021-07-05", "2021-06-28");
  row.cooling_off_end = {};
  CHECK(figure(row, "2021") == "0/0 without 0");
}
