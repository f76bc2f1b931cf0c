#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace shouyue {

// An amount of yuan in whole fen. Money times money does not exist; there is no way in from a floating-point number.
class Money {
 public:
  constexpr Money() = default;
  static constexpr Money fen(std::int64_t amount) { return Money(amount); }
  static Money fen(std::floating_point auto) = delete;
  // Yuan with at most two decimals: `60000`, `60,000.00`, `-12.5`. Errors: money.form.
  static Result<Money> parse(std::string_view text);

  constexpr std::int64_t in_fen() const { return fen_; }
  std::string yuan() const;  // 60000.00

  Money operator+(Money other) const;  // Overflow is a Bug.
  Money operator-(Money other) const;
  Money operator-() const { return Money() - *this; }
  constexpr auto operator<=>(const Money&) const = default;

 private:
  explicit constexpr Money(std::int64_t fen) : fen_(fen) {}
  std::int64_t fen_ = 0;
};

}  // namespace shouyue
