#include "analysis/tally.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using namespace shouyue::analysis;

namespace {

const expr::Schema schema{{"failed", expr::Type::boolean}, {"visits", expr::Type::integer}, {"on", expr::Type::date}};

regime::AnalysisPart part(const char* id, const char* when, std::optional<std::size_t> group = {}) {
  return {.id = id, .clause = {}, .when = *expr::Expression::parse(when, schema), .group = group};
}

// Of the failed: those visited twice or more, those visited once, in one group; those visited four times or more.
regime::Analysis sample() {
  regime::Analysis analysis;
  analysis.cohort = 2;
  analysis.counts.push_back({.id = "failed", .clause = {}, .when = *expr::Expression::parse("failed", schema)});
  regime::AnalysisBreakdown breakdown{.id = "visits", .clause = {}};
  breakdown.groups.push_back({.id = "visited", .clause = {}});
  breakdown.parts = {part("often", "visits >= 2", 0), part("once", "visits == 1", 0), part("very", "visits >= 4")};
  breakdown.totals.push_back({.id = "both", .clause = {}, .parts = {0, 2}});
  analysis.breakdowns.push_back(std::move(breakdown));
  return analysis;
}

expr::Row row(bool failed, int visits) { return {{.amount = failed}, {.amount = visits}, {.amount = 18'908}}; }

}  // namespace

TEST_CASE("a case stands in the first part that holds, once, and only inside the base") {
  const regime::Analysis analysis = sample();
  CHECK(standing_of(analysis, row(true, 5)).part[0] == 0);
  CHECK(standing_of(analysis, row(true, 1)).part[0] == 1);
  CHECK(!standing_of(analysis, row(true, 0)).part[0]);
  CHECK(!standing_of(analysis, row(false, 5)).part[0]);
  CHECK(standing_of(analysis, row(false, 5)).counts == std::vector<bool>{false});
}

TEST_CASE("parts, groups and totals; what stands in no part is missing from the sum") {
  const regime::Analysis analysis = sample();
  Tally tally(analysis);
  for (const int visits : {0, 0, 1, 2, 3, 9}) tally.add(standing_of(analysis, row(true, visits)));
  tally.add(standing_of(analysis, row(false, 9)));
  CHECK(tally.count(0) == 6);
  CHECK(tally.base(0) == 6);
  CHECK(tally.part(0, 0) == 3);
  CHECK(tally.part(0, 1) == 1);
  CHECK(tally.part(0, 2) == 0);
  CHECK(tally.group(0, 0) == 4);
  CHECK(tally.total(0, 0) == 3);
  CHECK(tally.sum(0) == 4);
}

TEST_CASE("a case without its day falls in no period") {
  const regime::Analysis analysis = sample();
  CHECK(cohort_of(analysis, row(true, 1)) == Date::from_civil(2021, 10, 8));
  expr::Row unknown = row(true, 1);
  unknown[2].missing = true;
  CHECK(!cohort_of(analysis, unknown));
}
