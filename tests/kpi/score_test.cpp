#include "kpi/score.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace shouyue;
using kpi::Fraction;
using kpi::score_of;

namespace {

Decimal decimal(const char* text) { return Decimal::parse(text).value(); }

// 附件1-4 新契约回访完成率评分表
regime::Score completion() {
  regime::Score score;
  score.kind = regime::ScoreKind::piecewise;
  score.pieces = {{.from = decimal("0"), .slope = decimal("0"), .offset = decimal("0")},
                  {.from = decimal("90%"), .slope = decimal("300"), .offset = decimal("-270")},
                  {.from = decimal("95%"), .slope = decimal("100"), .offset = decimal("-80")}};
  score.from = decimal("0");
  score.upto = decimal("100%");
  return score;
}

struct Marks {
  const char *full, *healthy;
  bool higher_is_better;
};

// 运营KPI指标得分计算方法
regime::Score steps(Marks marks, std::optional<regime::StepScore> better, std::optional<regime::StepScore> worse) {
  regime::Score score;
  score.kind = regime::ScoreKind::steps;
  score.full = decimal(marks.full);
  score.healthy = decimal(marks.healthy);
  score.higher_is_better = marks.higher_is_better;
  score.better = better;
  score.worse = worse;
  return score;
}

regime::StepScore step(const char* width, const char* points, bool part_counts, std::optional<const char*> limit = {}) {
  return {.step = decimal(width),
          .points = decimal(points),
          .part_counts = part_counts,
          .limit = limit ? std::optional(decimal(*limit)) : std::nullopt};
}

regime::Score unnamed() {
  return steps({.full = "7", .healthy = "4%", .higher_is_better = false}, step("0.1%", "0.1", false, "2"),
               step("0.06%", "0.14", true));
}

regime::Score error_rate() {
  return steps({.full = "7", .healthy = "0.6%", .higher_is_better = false}, step("0.15%", "0.5", false, "2"),
               step("0.1%", "0.5", false));
}

regime::Score issue_rate() {
  return steps({.full = "2", .healthy = "88%", .higher_is_better = true}, {}, step("0.5%", "0.1", true));
}

regime::Score claim_return() {
  return steps({.full = "2", .healthy = "5%", .higher_is_better = false}, {}, step("0.25%", "0.1", true));
}

regime::Score investigation() {
  return steps({.full = "2", .healthy = "5", .higher_is_better = false}, {}, step("0.15", "0.1", true));
}

struct Golden {
  const char* value;
  const char* score;
};

void check(const regime::Score& score, const std::vector<Golden>& table) {
  for (const Golden& golden : table) {
    CAPTURE(golden.value);
    CHECK(score_of(score, Fraction::of(decimal(golden.value))).value().text(2) == golden.score);
  }
}

}  // namespace

TEST_CASE("completion rate by the table of annex 1-4") {
  check(completion(), {{"0", "0.00"},
                       {"89.99%", "0.00"},
                       {"90%", "0.00"},
                       {"92%", "6.00"},
                       {"93%", "9.00"},
                       {"94.99%", "14.97"},
                       {"95%", "15.00"},
                       {"96%", "16.00"},
                       {"98.5%", "18.50"},
                       {"100%", "20.00"}});
  for (const char* outside : {"-0.0001%", "100.0001%"})
    CHECK(score_of(completion(), Fraction::of(decimal(outside))).error().rule == "kpi.score_out_of_range");
}

TEST_CASE("a rate that no decimal can hold is scored exactly and rounded at the end") {
  CHECK(score_of(completion(), {.numerator = 14, .denominator = 15}).value().text(2) == "10.00");
  CHECK(score_of(completion(), {.numerator = 2, .denominator = 3}).value().text(2) == "0.00");
  CHECK(score_of(completion(), {.numerator = 972, .denominator = 1024}).value().text(2) == "14.77");  // 14.765625
  CHECK(score_of(completion(), {.numerator = 950, .denominator = 972}).value().text(2) == "17.74");   // 17.7366…
  CHECK(score_of(completion(), {.numerator = 9'000'000'000'000, .denominator = 9'000'000'000'001}).value().text(2) ==
        "20.00");
}

TEST_CASE("operations indicators: parts of a step count only where the source says so") {
  check(issue_rate(), {{"88%", "2.00"},
                       {"95%", "2.00"},
                       {"87.99%", "1.90"},
                       {"87.5%", "1.90"},
                       {"87.49%", "1.80"},
                       {"86.3%", "1.60"},
                       {"78%", "0.00"},
                       {"70%", "0.00"}});
  check(claim_return(), {{"5%", "2.00"}, {"3%", "2.00"}, {"6.1%", "1.50"}, {"10%", "0.00"}, {"12%", "0.00"}});
  check(investigation(), {{"5", "2.00"}, {"5.5", "1.60"}, {"8", "0.00"}, {"30", "0.00"}});
  check(unnamed(),
        {{"4%", "7.00"}, {"4.5%", "5.74"}, {"7%", "0.00"}, {"3.75%", "7.20"}, {"2%", "9.00"}, {"1%", "9.00"}});
  check(error_rate(), {{"0.6%", "7.00"},
                       {"0.3%", "8.00"},
                       {"0%", "9.00"},
                       {"1.0%", "5.00"},
                       {"0.69%", "7.00"},
                       {"0.7%", "6.50"},
                       {"2%", "0.00"},
                       {"9%", "0.00"}});
}

TEST_CASE("thirds of a step do not slip: a value just over a step is over it") {
  // 88 % - 1/3 of 1 % is 0.666… steps: one step; 87.5 % exactly is one; one millionth of a millionth less is two.
  CHECK(score_of(issue_rate(), {.numerator = 263, .denominator = 300}).value().text(2) == "1.90");
  CHECK(score_of(issue_rate(), {.numerator = 7, .denominator = 8}).value().text(2) == "1.90");
  CHECK(score_of(issue_rate(), {.numerator = 874'999'999'999, .denominator = 1'000'000'000'000}).value().text(2) ==
        "1.80");
}

TEST_CASE("an indicator without a method has no score") {
  CHECK(score_of({}, {.numerator = 1, .denominator = 2}).error().rule == "kpi.no_score");
}
