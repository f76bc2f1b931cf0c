#include "base/money.hpp"

namespace shouyue {

Result<Money> Money::parse(std::string_view text) {
  const auto bad_form = [&] {
    return refuse(Errc::invalid_input, "money.form",
                  "'" + std::string(text.substr(0, 40)) + "' is not an amount in yuan with at most two decimals",
                  "“" + std::string(text.substr(0, 40)) + "”不是金额（元，最多两位小数）");
  };
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest[0] == '-';
  if (negative) rest.remove_prefix(1);
  std::int64_t whole = 0;
  int digits = 0, group = -1;
  while (!rest.empty() && rest[0] != '.') {
    if (rest[0] == ',') {
      if (digits == 0 || digits > 3 * (group < 0 ? 1 : 1000) || (group >= 0 && group != 3)) return bad_form();
      group = 0;
    } else if (rest[0] >= '0' && rest[0] <= '9') {
      if (++digits > 15) return bad_form();
      if (group >= 0 && ++group > 3) return bad_form();
      whole = whole * 10 + (rest[0] - '0');
    } else {
      return bad_form();
    }
    rest.remove_prefix(1);
  }
  if (digits == 0 || (group >= 0 && group != 3)) return bad_form();
  std::int64_t fen = whole * 100;
  if (!rest.empty()) {
    rest.remove_prefix(1);
    if (rest.empty() || rest.size() > 2) return bad_form();
    for (const char c : rest)
      if (c < '0' || c > '9') return bad_form();
    fen += (rest[0] - '0') * 10 + (rest.size() == 2 ? rest[1] - '0' : 0);
  }
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
