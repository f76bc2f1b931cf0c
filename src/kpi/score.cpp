#include "kpi/score.hpp"

#include <algorithm>

namespace shouyue::kpi {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t unit = 1'000'000;  // Decimals are in millionths

// Sign of value - limit.
int compare(Fraction value, Decimal limit) {
  const Wide left = Wide{value.numerator} * unit;
  const Wide right = Wide{limit.in_millionths()} * value.denominator;
  return (left > right) - (left < right);
}

Wide divide_up(Wide dividend, Wide divisor) { return (dividend + divisor - 1) / divisor; }  // dividend >= 0

// `points` millionths over `divisor`, rounded half away from zero to `decimals`.
Decimal rounded(Wide points, Wide divisor, int decimals) {
  Wide place = 1;  // millionths of the last decimal
  for (int i = decimals; i < 6; ++i) place *= 10;
  const Wide whole = divisor * place;
  const Wide size = points < 0 ? -points : points;
  const Wide places = (2 * size + whole) / (2 * whole);
  return Decimal::millionths(static_cast<std::int64_t>((points < 0 ? -places : places) * place));
}

// Steps between the healthy value and `value`.
Wide steps_away(const regime::StepScore& rule, Decimal healthy, Fraction value) {
  const Wide difference = Wide{value.numerator} * unit - Wide{healthy.in_millionths()} * value.denominator;
  const Wide distance = difference < 0 ? -difference : difference;
  const Wide step = Wide{rule.step.in_millionths()} * value.denominator;
  return rule.part_counts ? divide_up(distance, step) : distance / step;
}

Wide moved_points(const regime::StepScore& rule, Decimal healthy, Fraction value) {
  const Wide points = steps_away(rule, healthy, value) * rule.points.in_millionths();
  return rule.limit ? std::min(points, Wide{rule.limit->in_millionths()}) : points;
}

Decimal step_score(const regime::Score& score, Fraction value) {
  const int side = compare(value, score.healthy) * (score.higher_is_better ? 1 : -1);
  Wide points = score.full.in_millionths();
  if (side > 0 && score.better) points += moved_points(*score.better, score.healthy, value);
  if (side < 0 && score.worse) points -= moved_points(*score.worse, score.healthy, value);
  return rounded(std::max(points, Wide{score.floor.in_millionths()}), 1, score.decimals);
}

Result<Decimal> piecewise_score(const regime::Score& score, Fraction value) {
  const regime::Piece* piece = nullptr;
  for (const regime::Piece& next : score.pieces)
    if (compare(value, next.from) >= 0) piece = &next;
  if (piece == nullptr || compare(value, score.from) < 0 || compare(value, score.upto) > 0) {
    const std::string range = score.from.text() + " … " + score.upto.text();
    const std::string found = std::to_string(value.numerator) + "/" + std::to_string(value.denominator);
    return refuse(Errc::rule_broken, "kpi.score_out_of_range", "value " + found + " is outside " + range,
                  "指标值 " + found + " 不在 " + range + " 之内");
  }
  const Wide points =
      Wide{piece->slope.in_millionths()} * value.numerator + Wide{piece->offset.in_millionths()} * value.denominator;
  return rounded(points, value.denominator, score.decimals);
}

}  // namespace

Result<Decimal> score_of(const regime::Score& score, Fraction value) {
  ensure(value.denominator > 0, "a value without a denominator has no score");
  switch (score.kind) {
    case regime::ScoreKind::steps: return step_score(score, value);
    case regime::ScoreKind::piecewise: return piecewise_score(score, value);
    case regime::ScoreKind::none: break;
  }
  return refuse(Errc::no_data, "kpi.no_score", "the rule book gives no method of scoring here",
                "制度没有规定该指标的计分方法");
}

}  // namespace shouyue::kpi
