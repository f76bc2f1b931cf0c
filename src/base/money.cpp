#include "base/money.hpp"

#include "base/text.hpp"

namespace shouyue {

namespace {

constexpr std::size_t whole_digits_max = 15;  // 10^15 yuan in fen is far from the limit of 64 bits

// `60000` or `60,000` without the commas: a first group of one to three digits, then groups of exactly three.
// Empty when the form is wrong.
std::string without_grouping(std::string_view whole) {
  std::string digits;
  for (std::size_t group = 0;; ++group) {
    const std::size_t comma = whole.find(',');
    const bool is_last = comma == std::string_view::npos;
    const std::string_view part = whole.substr(0, comma);
    const bool is_grouped = group > 0 || !is_last;
    const bool has_right_size = !is_grouped || (group == 0 ? part.size() <= 3 : part.size() == 3);
    if (!is_digits(part) || !has_right_size) return {};
    digits += part;
    if (is_last) return digits;
    whole.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<Money> Money::parse(std::string_view text) {
  const auto bad_form = [&] {
    return refuse(Errc::invalid_input, "money.form",
                  "'" + excerpt(text) + "' is not an amount in yuan with at most two decimals",
                  "“" + excerpt(text) + "”不是金额（元，最多两位小数）");
  };
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  const std::size_t point = rest.find('.');
  const std::string whole = without_grouping(rest.substr(0, point));
  if (whole.empty() || whole.size() > whole_digits_max) return bad_form();
  std::string cents = "00";
  if (point != std::string_view::npos) {
    const std::string_view decimals = rest.substr(point + 1);
    if (!is_digits(decimals) || decimals.size() > cents.size()) return bad_form();
    cents.replace(0, decimals.size(), decimals);
  }
  std::int64_t fen = 0;
  for (const char c : whole + cents) fen = fen * 10 + (c - '0');
  return Money(negative ? -fen : fen);
}

std::string Money::yuan() const {
  const std::uint64_t size = fen_ < 0 ? 0 - static_cast<std::uint64_t>(fen_) : static_cast<std::uint64_t>(fen_);
  const std::string cents = std::to_string(100 + size % 100);
  return (fen_ < 0 ? "-" : "") + std::to_string(size / 100) + "." + cents.substr(1);
}

Money Money::operator+(Money other) const {
  std::int64_t sum = 0;
  ensure(!__builtin_add_overflow(fen_, other.fen_, &sum), "money overflow");
  return Money(sum);
}

Money Money::operator-(Money other) const {
  std::int64_t difference = 0;
  ensure(!__builtin_sub_overflow(fen_, other.fen_, &difference), "money overflow");
  return Money(difference);
}

}  // namespace shouyue
