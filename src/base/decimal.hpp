#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace shouyue {

// An exact decimal with six places, for rates (0.06 % = 0.0006), steps, points and scores.
class Decimal {
 public:
  constexpr Decimal() = default;
  static constexpr Decimal millionths(std::int64_t amount) { return Decimal(amount); }
  static constexpr Decimal whole(std::int64_t amount) { return Decimal(amount * 1'000'000); }
  // `0.15`, `-2`, `4.00%` (= 0.04), at most six places after the percent sign is applied. Errors: decimal.form.
  static Result<Decimal> parse(std::string_view text);

  constexpr std::int64_t in_millionths() const { return millionths_; }
  // With exactly `places` decimals (0 … 6), rounded half up (away from zero).
  std::string text(int places) const;
  // As short as it can be: `0.06`, `7`.
  std::string text() const;

  constexpr auto operator<=>(const Decimal&) const = default;

 private:
  explicit constexpr Decimal(std::int64_t millionths) : millionths_(millionths) {}
  std::int64_t millionths_ = 0;
};

// numerator / denominator rounded half up (away from zero) to millionths. The denominator must not be 0.
Decimal ratio_rounded(std::int64_t numerator, std::int64_t denominator);

}  // namespace shouyue
