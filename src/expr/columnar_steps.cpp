#include "expr/columnar_steps.hpp"

#include <cstring>

#include "base/date.hpp"
#include "expr/arithmetic.hpp"
#include "expr/vector_clones.hpp"

namespace shouyue::expr::columnar {
namespace {

using Mask = std::uint8_t;

template <class T>
const T* read(std::byte* const* values, std::int32_t step) {
  return reinterpret_cast<const T*>(values[step]);
}

struct Equal {
  static bool of(auto a, auto b) { return a == b; }
};
struct NotEqual {
  static bool of(auto a, auto b) { return a != b; }
};
struct Less {
  static bool of(auto a, auto b) { return a < b; }
};
struct LessEqual {
  static bool of(auto a, auto b) { return a <= b; }
};
struct Greater {
  static bool of(auto a, auto b) { return a > b; }
};
struct GreaterEqual {
  static bool of(auto a, auto b) { return a >= b; }
};

template <class T, class Compare>
void compare_constant(const T* __restrict left, T right, Mask* __restrict out, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i)
    out[i] = static_cast<Mask>(Compare::of(left[i], right) & (left[i] != missing_mark<T>()));
}

template <class T, class Compare>
void compare_columns(const T* __restrict left, const T* __restrict right, Mask* __restrict out, std::size_t rows) {
  constexpr T missing = missing_mark<T>();
  for (std::size_t i = 0; i < rows; ++i)
    out[i] = static_cast<Mask>(Compare::of(left[i], right[i]) & (left[i] != missing) & (right[i] != missing));
}

// Calls `work` with the type that compares as `op` says.
void with_comparison(Op op, auto&& work) {
  switch (op) {
    case Op::equal: return work(Equal{});
    case Op::not_equal: return work(NotEqual{});
    case Op::less: return work(Less{});
    case Op::less_equal: return work(LessEqual{});
    case Op::greater: return work(Greater{});
    case Op::greater_equal: return work(GreaterEqual{});
    default: ensure(false, "not a comparison");
  }
}

// Calls `work` with a value of the lane's type.
void with_lane(Lane lane, auto&& work) {
  switch (lane) {
    case Lane::u8: return work(std::uint8_t{});
    case Lane::u16: return work(std::uint16_t{});
    case Lane::i32: return work(std::int32_t{});
    case Lane::i64: return work(std::int64_t{});
  }
}

template <class From, class To>
void widen(const From* __restrict from, To* __restrict out, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i)
    out[i] = from[i] == missing_mark<From>() ? missing_mark<To>() : static_cast<To>(from[i]);
}

// 32-bit sums are compiled only where they cannot overflow.
void sum_constant(const std::int32_t* __restrict left, std::int32_t right, std::int32_t* __restrict out,
                  std::size_t rows, bool dates) {
  constexpr std::int32_t missing = missing_mark<std::int32_t>();
  const auto least = static_cast<std::int32_t>(dates ? first_day : missing + 1);
  const auto most = static_cast<std::int32_t>(dates ? last_day : std::numeric_limits<std::int32_t>::max());
  for (std::size_t i = 0; i < rows; ++i) {
    const auto sum = static_cast<std::int32_t>(static_cast<std::uint32_t>(left[i]) + static_cast<std::uint32_t>(right));
    out[i] = (left[i] == missing) | (sum < least) | (sum > most) ? missing : sum;
  }
}

Value value_of(std::int64_t amount) { return {.amount = amount, .missing = amount == missing_mark<std::int64_t>()}; }

std::int64_t amount_of(Value value) { return value.missing ? missing_mark<std::int64_t>() : value.amount; }

void combine_rows(Op op, Type type, const std::int64_t* left, const std::int64_t* right, std::int64_t* out,
                  std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i) out[i] = amount_of(combine(op, type, value_of(left[i]), value_of(right[i])));
}

template <class T>
void in_list(const Step& step, const T* __restrict left, Mask* __restrict out, std::size_t rows) {
  std::memset(out, 0, rows);
  for (const std::int64_t member : step.list) {
    const T wanted = static_cast<T>(member);
    for (std::size_t i = 0; i < rows; ++i) out[i] = static_cast<Mask>(out[i] | (left[i] == wanted));
  }
}

void set_has(const std::uint64_t* __restrict sets, const std::uint8_t* __restrict words, Mask* __restrict out,
             std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i) out[i] = static_cast<Mask>((sets[i] >> (words[i] & 63)) & (words[i] < 64));
}

void set_overlaps(const std::uint64_t* __restrict sets, std::uint64_t wanted, Mask* __restrict out, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i) out[i] = (sets[i] & wanted) != 0;
}

void combine_masks(Kind kind, const Mask* __restrict left, const Mask* __restrict right, Mask* __restrict out,
                   std::size_t rows) {
  if (kind == Kind::logical_or)
    for (std::size_t i = 0; i < rows; ++i) out[i] = left[i] | right[i];
  else
    for (std::size_t i = 0; i < rows; ++i) out[i] = left[i] & right[i];
}

struct Frame {
  std::span<const Column> columns;
  std::byte* const* values;
  std::size_t rows;
};

void run_fill(const Step& step, std::byte* out, std::size_t rows) {
  with_lane(step.to, [&]<class T>(T) {
    T* values = reinterpret_cast<T*>(out);
    for (std::size_t i = 0; i < rows; ++i) values[i] = static_cast<T>(step.constant);
  });
}

void run_widen(const Step& step, const Frame& frame, std::byte* out) {
  with_lane(step.lane, [&]<class From>(From) {
    const From* from = read<From>(frame.values, step.left);
    if (step.to == Lane::u16) widen(from, reinterpret_cast<std::uint16_t*>(out), frame.rows);
    if (step.to == Lane::i32) widen(from, reinterpret_cast<std::int32_t*>(out), frame.rows);
    if (step.to == Lane::i64) widen(from, reinterpret_cast<std::int64_t*>(out), frame.rows);
  });
}

void run_translate(const Step& step, const Frame& frame, std::byte* out) {
  const std::uint8_t* table = frame.columns[static_cast<std::size_t>(step.constant)].translation;
  const std::uint8_t* from = read<std::uint8_t>(frame.values, step.left);
  for (std::size_t i = 0; i < frame.rows; ++i) out[i] = std::byte{table[from[i]]};
}

void run_comparison(const Step& step, const Frame& frame, Mask* out) {
  with_lane(step.lane, [&]<class T>(T) {
    const T* left = read<T>(frame.values, step.left);
    with_comparison(step.op, [&]<class Compare>(Compare) {
      if (step.kind == Kind::compare_constant)
        compare_constant<T, Compare>(left, static_cast<T>(step.constant), out, frame.rows);
      else
        compare_columns<T, Compare>(left, read<T>(frame.values, step.right), out, frame.rows);
    });
  });
}

void run_sum(const Step& step, const Frame& frame, std::byte* out) {
  if (step.kind == Kind::add_constant)
    return sum_constant(read<std::int32_t>(frame.values, step.left), static_cast<std::int32_t>(step.constant),
                        reinterpret_cast<std::int32_t*>(out), frame.rows, step.dates);
  const Op op = step.kind == Kind::months_after ? Op::months_after : step.kind == Kind::sum ? Op::add : Op::subtract;
  combine_rows(op, step.dates ? Type::date : Type::integer, read<std::int64_t>(frame.values, step.left),
               read<std::int64_t>(frame.values, step.right), reinterpret_cast<std::int64_t*>(out), frame.rows);
}

void run_mask(const Step& step, const Frame& frame, Mask* out) {
  const auto* const* values = frame.values;
  const auto* sets = step.lane == Lane::i64 ? reinterpret_cast<const std::uint64_t*>(values[step.left]) : nullptr;
  const auto* left = reinterpret_cast<const Mask*>(values[step.left]);
  switch (step.kind) {
    case Kind::holds: return compare_constant<Mask, Equal>(left, 1, out, frame.rows);
    case Kind::known:
      return with_lane(step.lane, [&]<class T>(T) {
        compare_constant<T, NotEqual>(read<T>(frame.values, step.left), missing_mark<T>(), out, frame.rows);
      });
    case Kind::in_list:
      return with_lane(step.lane,
                       [&]<class T>(T) { in_list<T>(step, read<T>(frame.values, step.left), out, frame.rows); });
    case Kind::has: return set_has(sets, read<Mask>(frame.values, step.right), out, frame.rows);
    case Kind::overlaps: return set_overlaps(sets, static_cast<std::uint64_t>(step.constant), out, frame.rows);
    case Kind::logical_not:
      for (std::size_t i = 0; i < frame.rows; ++i) out[i] = left[i] ^ 1;
      return;
    default: return combine_masks(step.kind, left, read<Mask>(frame.values, step.right), out, frame.rows);
  }
}

}  // namespace

SHOUYUE_VECTOR_CLONES
void run_steps(std::span<const Step> steps, std::span<const Column> columns, std::byte* const* values,
               std::size_t rows) {
  const Frame frame{.columns = columns, .values = values, .rows = rows};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    std::byte* out = values[i];
    switch (step.kind) {
      case Kind::column: break;
      case Kind::fill: run_fill(step, out, rows); break;
      case Kind::translate: run_translate(step, frame, out); break;
      case Kind::widen: run_widen(step, frame, out); break;
      case Kind::compare_constant:
      case Kind::compare: run_comparison(step, frame, reinterpret_cast<Mask*>(out)); break;
      case Kind::add_constant:
      case Kind::sum:
      case Kind::difference:
      case Kind::months_after: run_sum(step, frame, out); break;
      default: run_mask(step, frame, reinterpret_cast<Mask*>(out)); break;
    }
  }
}

}  // namespace shouyue::expr::columnar
