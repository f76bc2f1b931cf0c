#include "report/share.hpp"

#include "base/decimal.hpp"

namespace shouyue::report {

std::int64_t Share::basis_points() const {
  const bool is_negative = (part < 0) != (whole < 0);
  const auto size = [](std::int64_t value) { return value < 0 ? -static_cast<__int128>(value) : value; };
  const __int128 rounded = (size(part) * 20'000 + size(whole)) / (size(whole) * 2);
  return static_cast<std::int64_t>(is_negative ? -rounded : rounded);
}

std::string Share::text() const {
  if (!has_data()) return "–";
  return Decimal::millionths(basis_points() * 10'000).text(2) + "%";
}

}  // namespace shouyue::report
