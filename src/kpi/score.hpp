#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "regime/regime.hpp"

namespace shouyue::kpi {

// An exact measured value: a rate, or a number of days and the like with its decimals. The denominator is positive.
struct Fraction {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  static Fraction of(Decimal value) { return {.numerator = value.in_millionths(), .denominator = 1'000'000}; }
};

// The points that a rule book gives for a value: computed exactly, rounded half up to the decimals of the rule at the
// very end. Steps: `full` points at the healthy value; each whole step away from it moves the score by the points of
// that direction, a part of a step counting as a whole one where the rule says so; gains end at the limit, losses at
// the floor. Errors: kpi.no_score (the rule book has no method), kpi.score_out_of_range (a piecewise score, outside
// `from` … `upto`).
Result<Decimal> score_of(const regime::Score& score, Fraction value);

}  // namespace shouyue::kpi
