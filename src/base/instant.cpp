#include "base/instant.hpp"

#include <cstdio>

#include "base/text.hpp"

namespace shouyue {
namespace {

struct Cursor {
  std::string_view rest;
  bool take(char expected) {
    if (rest.empty() || rest[0] != expected) return false;
    rest.remove_prefix(1);
    return true;
  }
  bool number(std::size_t digits_min, std::size_t digits_max, int& value) {
    std::size_t used = 0;
    value = 0;
    while (used < rest.size() && used < digits_max && rest[used] >= '0' && rest[used] <= '9')
      value = value * 10 + (rest[used++] - '0');
    rest.remove_prefix(used);
    return used >= digits_min;
  }
};

// Reads what follows the date: time, fraction, offset. Gives false when the form is wrong.
bool read_time(Cursor& cursor, int& second_of_day, int& offset_seconds) {
  int hour = 0, minute = 0, second = 0, fraction = 0;
  if (!cursor.number(1, 2, hour) || !cursor.take(':') || !cursor.number(2, 2, minute)) return false;
  if (cursor.take(':')) {
    if (!cursor.number(2, 2, second)) return false;
    if (cursor.take('.') && !cursor.number(1, 9, fraction)) return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  second_of_day = (hour * 60 + minute) * 60 + second;
  if (cursor.take('Z')) {
    offset_seconds = 0;
  } else if (!cursor.rest.empty()) {
    const int sign = cursor.rest[0] == '-' ? -1 : 1;
    int offset_hour = 0, offset_minute = 0;
    if (!cursor.take('+') && !cursor.take('-')) return false;
    if (!cursor.number(2, 2, offset_hour)) return false;
    cursor.take(':');
    if (!cursor.number(2, 2, offset_minute) || offset_hour > 14 || offset_minute > 59) return false;
    offset_seconds = sign * (offset_hour * 3600 + offset_minute * 60);
  }
  return cursor.rest.empty();
}

}  // namespace

Result<Instant> Instant::parse(std::string_view text) {
  const std::size_t split = text.find_first_of("T ");
  const auto date = Date::parse(text.substr(0, split));
  const auto bad_form = [&] {
    return refuse(Errc::invalid_input, "instant.form",
                  "'" + excerpt(text) + "' is not a time; write 2021-10-08 09:30:00",
                  "“" + excerpt(text) + "”不是时间，请写成 2021-10-08 09:30:00");
  };
  if (!date) {
    if (date.error().rule == "date.form") return bad_form();
    return std::unexpected(date.error());
  }
  if (split == std::string_view::npos) return start_of(*date);
  Cursor cursor{text.substr(split + 1)};
  int second_of_day = 0;
  int offset_seconds = static_cast<int>(china_offset_seconds);
  if (!read_time(cursor, second_of_day, offset_seconds)) return bad_form();
  const Instant instant = at(*date, second_of_day + (static_cast<int>(china_offset_seconds) - offset_seconds));
  const int year = instant.date().year();  // an offset can lead out of the years that days cover
  if (year < 1 || year > 9999) return bad_form();
  return instant;
}

std::string Instant::plain_text() const {
  const int second = second_of_day();
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, " %02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
  return date().text() + buffer;
}

std::string Instant::text() const {
  std::string result = plain_text();
  result[10] = 'T';
  return result + "+08:00";
}

}  // namespace shouyue
