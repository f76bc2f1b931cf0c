#include "base/decimal.hpp"

#include "base/text.hpp"

namespace shouyue {

Result<Decimal> Decimal::parse(std::string_view text) {
  const auto bad_form = [&] {
    return refuse(Errc::invalid_input, "decimal.form",
                  "'" + excerpt(text) + "' is not a number with at most six decimals",
                  "“" + excerpt(text) + "”不是数（最多六位小数）");
  };
  std::string_view rest = text;
  const bool percent = !rest.empty() && rest.back() == '%';
  if (percent) rest.remove_suffix(1);
  const bool negative = !rest.empty() && rest[0] == '-';
  if (negative) rest.remove_prefix(1);
  const int places_allowed = percent ? 4 : 6;
  std::int64_t value = 0;
  int digits = 0, places = -1;
  for (const char c : rest) {
    if (c == '.') {
      if (places >= 0 || digits == 0) return bad_form();
      places = 0;
    } else if (c >= '0' && c <= '9') {
      if (places >= 0 && ++places > places_allowed) return bad_form();
      ++digits;
      if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, c - '0', &value))
        return bad_form();
    } else {
      return bad_form();
    }
  }
  if (digits == 0 || places == 0) return bad_form();
  std::int64_t scaled = value;
  for (int i = places < 0 ? 0 : places; i < places_allowed; ++i)
    if (__builtin_mul_overflow(scaled, 10, &scaled)) return bad_form();
  return Decimal(negative ? -scaled : scaled);
}

std::string Decimal::text(int places) const {
  ensure(places >= 0 && places <= 6, "decimal places out of range");
  std::int64_t unit = 1;
  for (int i = places; i < 6; ++i) unit *= 10;
  const bool negative = millionths_ < 0;
  const auto bits = static_cast<std::uint64_t>(millionths_);
  const std::uint64_t size = negative ? 0 - bits : bits;
  const std::uint64_t rounded = (size + static_cast<std::uint64_t>(unit) / 2) / static_cast<std::uint64_t>(unit);
  std::uint64_t scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  std::string result = (negative && rounded != 0 ? "-" : "") + std::to_string(rounded / scale);
  if (places > 0) result += "." + std::to_string(scale + rounded % scale).substr(1);
  return result;
}

std::string Decimal::text() const {
  std::string result = text(6);
  while (result.back() == '0') result.pop_back();
  if (result.back() == '.') result.pop_back();
  return result;
}

Decimal ratio_rounded(std::int64_t numerator, std::int64_t denominator) {
  ensure(denominator != 0, "ratio with denominator 0");
  const bool negative = (numerator < 0) != (denominator < 0);
  const __int128 n = numerator < 0 ? -static_cast<__int128>(numerator) : numerator;
  const __int128 d = denominator < 0 ? -static_cast<__int128>(denominator) : denominator;
  const __int128 rounded = (n * 1'000'000 * 2 + d) / (2 * d);
  ensure(rounded <= INT64_MAX, "ratio overflow");
  return Decimal::millionths(negative ? -static_cast<std::int64_t>(rounded) : static_cast<std::int64_t>(rounded));
}

}  // namespace shouyue
