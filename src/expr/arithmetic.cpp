#include "expr/arithmetic.hpp"

#include "base/date.hpp"

namespace shouyue::expr {
namespace {

constexpr Value missing{.amount = 0, .missing = true};

bool is_day(std::int64_t days) {
  static const std::int64_t first = Date::from_civil(1, 1, 1)->days();
  static const std::int64_t last = Date::from_civil(9999, 12, 31)->days();
  return days >= first && days <= last;
}

Value add_months(std::int64_t days, std::int64_t months) {
  constexpr std::int64_t longest = 9999 * 12;
  if (!is_day(days) || months > longest || months < -longest) return missing;
  const Date result = Date::from_days(static_cast<std::int32_t>(days)).add_months_clipped(static_cast<int>(months));
  return is_day(result.days()) ? Value{result.days()} : missing;
}

}  // namespace

Value combine(Op op, Type result, Value left, Value right) {
  if (left.missing || right.missing) return missing;
  if (op == Op::months_after) return add_months(left.amount, right.amount);
  std::int64_t amount = 0;
  const bool overflow = op == Op::add ? __builtin_add_overflow(left.amount, right.amount, &amount)
                                      : __builtin_sub_overflow(left.amount, right.amount, &amount);
  if (overflow || amount == INT64_MIN || (result == Type::date && !is_day(amount))) return missing;
  return {amount};
}

}  // namespace shouyue::expr
