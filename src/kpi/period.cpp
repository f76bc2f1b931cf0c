#include "kpi/period.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace shouyue::kpi {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.starts_with('-')) return std::nullopt;
  return value;
}

// `count` whole months from the first of `month`.
std::optional<Period> whole_months(int year, int month, int count) {
  const auto from = Date::from_civil(year, month, 1);
  if (!from) return std::nullopt;
  return Period{.from = *from, .to = from->add_months_clipped(count) - 1};
}

std::optional<Period> parse_calendar(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const std::string_view rest = text.substr(4);
  if (!year) return std::nullopt;
  if (rest.empty()) return whole_months(*year, 1, 12);
  const auto part = number(rest.substr(1));
  if (!part) return std::nullopt;
  if (rest[0] == '-' && rest.size() == 3) return whole_months(*year, *part, 1);
  if (rest[0] == 'Q' && rest.size() == 2 && *part >= 1 && *part <= 4) return whole_months(*year, *part * 3 - 2, 3);
  return std::nullopt;
}

std::string padded(int value, std::size_t digits) {
  std::string text = std::to_string(value);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

}  // namespace

Result<Period> Period::parse(std::string_view text) {
  if (const auto dots = text.find(".."); dots != std::string_view::npos) {
    const Period period{.from = SHOUYUE_TRY(Date::parse(text.substr(0, dots))),
                        .to = SHOUYUE_TRY(Date::parse(text.substr(dots + 2)))};
    if (period.to < period.from)
      return refuse(Errc::invalid_input, "kpi.period_order", "period " + std::string(text) + " ends before it begins",
                    "期间 " + std::string(text) + " 的止日早于起日");
    return period;
  }
  if (const auto period = parse_calendar(text)) return *period;
  return refuse(Errc::invalid_input, "kpi.period_form",
                "period '" + std::string(text) + "': write 2021-10, 2021Q4, 2021 or 2021-10-08..2021-11-07",
                "期间“" + std::string(text) + "”不对，请写成 2021-10、2021Q4、2021 或 2021-10-08..2021-11-07");
}

Period Period::month_of(Date day) { return *whole_months(day.year(), day.month(), 1); }

std::string Period::text() const {
  const std::string year = padded(from.year(), 4);
  if (*this == whole_months(from.year(), 1, 12)) return year;
  if (*this == month_of(from)) return year + "-" + padded(from.month(), 2);
  if (from.month() % 3 == 1 && *this == whole_months(from.year(), from.month(), 3))
    return year + "Q" + std::to_string(from.month() / 3 + 1);
  return from.text() + ".." + to.text();
}

std::vector<Period> Period::months() const {
  std::vector<Period> result;
  for (Date day = from; day <= to; day = month_of(day).to + 1)
    result.push_back({.from = day, .to = std::min(month_of(day).to, to)});
  return result;
}

}  // namespace shouyue::kpi
