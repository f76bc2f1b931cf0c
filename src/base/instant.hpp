#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace shouyue {

// A moment, in milliseconds since 1970-01-01T00:00:00Z. The only conversions between Date and Instant are here,
// with the fixed offset +08:00 of the whole of China.
class Instant {
 public:
  constexpr Instant() = default;
  static constexpr Instant from_milliseconds(std::int64_t since_epoch) { return Instant(since_epoch); }
  // 00:00:00 of that day in China.
  static constexpr Instant start_of(Date date) { return at(date, 0); }
  static constexpr Instant at(Date date, int second_of_day) {
    return Instant((std::int64_t{date.days()} * 86'400 + second_of_day - china_offset_seconds) * 1000);
  }
  // `2021-10-08T09:30:00+08:00`, `2021-10-08 09:30:00`, `2021/10/8 9:30`, `2021-10-08` (= 00:00). Without an offset
  // the time is China's. Fractions of a second are dropped, so that `text` gives back the whole value.
  // Errors: instant.form, date.does_not_exist.
  static Result<Instant> parse(std::string_view text);

  constexpr std::int64_t milliseconds() const { return milliseconds_; }
  constexpr Date date() const {
    return Date::from_days(static_cast<std::int32_t>(floor_divide(china_milliseconds(), 86'400'000)));
  }
  constexpr int second_of_day() const {
    return static_cast<int>(floor_divide(china_milliseconds(), 1000) - std::int64_t{date().days()} * 86'400);
  }
  std::string text() const;        // 2021-10-08T09:30:00+08:00
  std::string plain_text() const;  // 2021-10-08 09:30:00

  constexpr Instant plus_seconds(std::int64_t seconds) const { return Instant(milliseconds_ + seconds * 1000); }
  constexpr Instant just_before() const { return Instant(milliseconds_ - 1); }

  constexpr auto operator<=>(const Instant&) const = default;

 private:
  static constexpr std::int64_t china_offset_seconds = 8 * 3600;
  static constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }
  constexpr std::int64_t china_milliseconds() const { return milliseconds_ + china_offset_seconds * 1000; }
  explicit constexpr Instant(std::int64_t milliseconds) : milliseconds_(milliseconds) {}
  std::int64_t milliseconds_ = 0;
};

}  // namespace shouyue
