#include <algorithm>
#include <charconv>

#include "base/xlsx.hpp"

namespace shouyue {
namespace {

constexpr std::size_t digits_max = 15;  // more are noise of binary fractions

// Rounds a string of digits to `digits_max`; gives true when it became one digit longer (999… -> 1000…).
bool round_digits(std::string& digits) {
  if (digits.size() <= digits_max) return false;
  const bool up = digits[digits_max] >= '5';
  digits.resize(digits_max);
  if (!up) return false;
  auto at = digits.rbegin();
  for (; at != digits.rend() && *at == '9'; ++at) *at = '0';
  if (at != digits.rend()) {
    ++*at;
    return false;
  }
  digits.insert(digits.begin(), '1');
  return true;
}

}  // namespace

std::string plain_number(std::string_view text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  const std::size_t mark = rest.find_first_of("eE");
  int exponent = 0;
  if (mark != std::string_view::npos) {
    std::string_view power = rest.substr(mark + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const auto read = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (read.ec != std::errc() || read.ptr != power.data() + power.size() || exponent > 40 || exponent < -40)
      return std::string(text);
  }
  rest = rest.substr(0, mark);
  const std::size_t point = std::min(rest.find('.'), rest.size());
  std::string digits(rest.substr(0, point));
  if (point < rest.size()) digits += rest.substr(point + 1);
  if (digits.empty() || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
    return std::string(text);

  int whole = static_cast<int>(point) + exponent;  // digits before the point
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
  digits.erase(0, zeros);
  whole -= static_cast<int>(zeros);
  if (round_digits(digits)) ++whole;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.empty()) return "0";
  if (whole > static_cast<int>(digits.size())) digits.append(static_cast<std::size_t>(whole) - digits.size(), '0');
  if (whole <= 0) {
    digits.insert(0, static_cast<std::size_t>(1 - whole), '0');
    whole = 1;
  }
  std::string result = digits.substr(0, static_cast<std::size_t>(whole));
  if (static_cast<std::size_t>(whole) < digits.size()) result += "." + digits.substr(static_cast<std::size_t>(whole));
  return (negative ? "-" : "") + result;
}

}  // namespace shouyue
