// Every case beside every shipped rule book, and that the check itself can fail.
#include "app/rule_book_cases.hpp"

#include <doctest/doctest.h>

using namespace shouyue;

TEST_CASE("every case of every shipped rule book holds") {
  const auto ids = app::rule_book_ids({.shipped = SHOUYUE_SOURCE_DIR});
  REQUIRE(ids.has_value());
  REQUIRE(ids->size() >= 5);
  for (const std::string& id : *ids) {
    const auto report = app::run_rule_book_cases({.shipped = SHOUYUE_SOURCE_DIR}, id);
    INFO(id);
    if (!report) {
      FAIL_CHECK(report.error().rule << ": " << report.error().en);
      continue;
    }
    for (const app::CaseOutcome& outcome : report->cases)
      for (const std::string& problem : outcome.problems)
        FAIL_CHECK(outcome.file << ":" << outcome.line << ": " << outcome.name << "\n    " << problem);
    MESSAGE(id << ": " << report->cases.size() << " cases, " << report->untouched.size() << " clauses untouched");
    for (const std::string& clause : report->untouched) MESSAGE(clause);
  }
}
