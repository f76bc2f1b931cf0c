#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "expr/columnar.hpp"

// The steps a program of conditions is made of, and the loops that execute them.
namespace shouyue::expr::columnar {

// How the values of a step lie in memory. Every lane has one mark for a missing value (see `missing_mark`).
enum class Lane : std::uint8_t { u8, u16, i32, i64 };

template <class T>
constexpr T missing_mark() {
  return std::numeric_limits<T>::is_signed ? std::numeric_limits<T>::min() : std::numeric_limits<T>::max();
}

constexpr std::size_t width_of(Lane lane) { return std::size_t{1} << static_cast<int>(lane); }

inline constexpr std::int64_t first_day = -719'162;  // 0001-01-01
inline constexpr std::int64_t last_day = 2'932'896;  // 9999-12-31

enum class Kind : std::uint8_t {
  column,            // the column's own memory; nothing to do
  fill,              // `constant` in every row
  translate,         // u8 through the column's table
  widen,             // `lane` to `to`
  holds,             // u8 boolean to a mask: missing does not hold
  compare_constant,  // left with `constant`
  compare,           // left with right
  add_constant,      // left + constant
  sum,
  difference,    // left ± right
  months_after,  // i64
  in_list,
  known,
  has,       // set (i64) contains the word at right (u8)
  overlaps,  // set (i64) has a bit of `constant`
  logical_or,
  logical_and,
  logical_not,
};

struct Step {
  Kind kind;
  Lane lane = Lane::u8;  // of the operands
  Lane to = Lane::u8;    // of the result
  Op op = Op::constant;  // of a comparison
  bool dates = false;    // a sum that is missing outside the years 1 … 9999
  std::int32_t left = -1;
  std::int32_t right = -1;
  std::int64_t constant = 0;  // or the position of the column
  std::vector<std::int64_t> list = {};
  bool operator==(const Step&) const = default;
};

// Executes the steps for `rows` rows; `values[i]` is where step i reads (columns) or writes.
void run_steps(std::span<const Step> steps, std::span<const Column> columns, std::byte* const* values,
               std::size_t rows);

}  // namespace shouyue::expr::columnar
