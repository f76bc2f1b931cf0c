#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace shouyue {

// A civil day in China. Not an instant; arithmetic is on whole days. Covers 0001-01-01 … 9999-12-31.
class Date {
 public:
  constexpr Date() = default;
  static constexpr Date from_days(std::int32_t days_since_1970) { return Date(days_since_1970); }
  // Empty when the day does not exist (2021-02-29).
  static std::optional<Date> from_civil(int year, int month, int day);
  // `2021-10-08`, `2021/10/8`, `2021-10-08 00:00:00` (the time must be midnight).
  // Errors: date.form, date.does_not_exist.
  static Result<Date> parse(std::string_view text);

  constexpr std::int32_t days() const { return days_; }  // since 1970-01-01
  int year() const;
  int month() const;         // 1 … 12
  int day() const;           // 1 … 31
  int weekday() const;       // ISO: Monday 1 … Sunday 7
  std::string text() const;  // 2021-10-08

  constexpr Date operator+(int days) const { return Date(days_ + days); }
  constexpr Date operator-(int days) const { return Date(days_ - days); }
  constexpr int operator-(Date other) const { return days_ - other.days_; }
  constexpr Date& operator++() {
    ++days_;
    return *this;
  }
  // The same day number `months` later; a day that month lacks becomes its last day.
  Date add_months_clipped(int months) const;

  constexpr auto operator<=>(const Date&) const = default;

 private:
  explicit constexpr Date(std::int32_t days) : days_(days) {}
  std::int32_t days_ = 0;
};

// Whole years completed on `on` by somebody born on `birth`; a birthday on 29 February is reached on 1 March
// of a common year.
int age_on(Date birth, Date on);

}  // namespace shouyue
