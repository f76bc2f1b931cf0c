#include "base/date.hpp"

#include <chrono>
#include <cstdio>

#include "base/text.hpp"

namespace shouyue {
namespace {

std::chrono::year_month_day civil(Date date) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{date.days()}}};
}

bool read_number(std::string_view& text, std::size_t digits_min, std::size_t digits_max, int& value) {
  std::size_t used = 0;
  value = 0;
  while (used < text.size() && used < digits_max && text[used] >= '0' && text[used] <= '9')
    value = value * 10 + (text[used++] - '0');
  text.remove_prefix(used);
  return used >= digits_min;
}

// Spreadsheets write a day as a moment at midnight.
bool is_midnight_or_nothing(std::string_view text) {
  for (const std::string_view midnight : {"", " 00:00:00", "T00:00:00", " 0:00:00", " 00:00", " 0:00"})
    if (text == midnight) return true;
  return false;
}

}  // namespace

std::optional<Date> Date::from_civil(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date(static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count()));
}

Result<Date> Date::parse(std::string_view text) {
  const auto bad_form = [&] {
    return refuse(Errc::invalid_input, "date.form", "'" + excerpt(text) + "' is not a date; write 2021-10-08",
                  "“" + excerpt(text) + "”不是日期，请写成 2021-10-08");
  };
  std::string_view rest = text;
  int year = 0, month = 0, day = 0;
  if (!read_number(rest, 4, 4, year) || rest.empty() || (rest[0] != '-' && rest[0] != '/')) return bad_form();
  const char separator = rest[0];
  rest.remove_prefix(1);
  const std::size_t digits_min = separator == '-' ? 2 : 1;
  if (!read_number(rest, digits_min, 2, month) || rest.empty() || rest[0] != separator) return bad_form();
  rest.remove_prefix(1);
  if (!read_number(rest, digits_min, 2, day)) return bad_form();
  if (!is_midnight_or_nothing(rest)) return bad_form();
  if (const auto date = from_civil(year, month, day)) return *date;
  return refuse(Errc::invalid_input, "date.does_not_exist", "the day " + excerpt(text) + " does not exist; correct it",
                "日期 " + excerpt(text) + " 不存在，请更正");
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }
int Date::weekday() const { return ((days_ % 7) + 7 + 3) % 7 + 1; }

std::string Date::text() const {
  const auto ymd = civil(*this);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return buffer;
}

Date Date::add_months_clipped(int months) const {
  auto ymd = civil(*this) + std::chrono::months{months};
  if (!ymd.ok()) ymd = ymd.year() / ymd.month() / std::chrono::last;
  return Date(static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count()));
}

int age_on(Date birth, Date on) {
  int age = on.year() - birth.year();
  if (on.month() < birth.month() || (on.month() == birth.month() && on.day() < birth.day())) --age;
  return age;
}

}  // namespace shouyue
