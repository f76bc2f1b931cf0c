#include "expr/columnar.hpp"

#include <algorithm>
#include <new>
#include <optional>
#include <utility>

#include "expr/arithmetic.hpp"
#include "expr/columnar_steps.hpp"

namespace shouyue::expr {

using columnar::Kind;
using columnar::Lane;
using columnar::Step;

namespace {

Lane lane_of(Storage storage) {
  switch (storage) {
    case Storage::date32: return Lane::i32;
    case Storage::code8: return Lane::u8;
    case Storage::code16: return Lane::u16;
    case Storage::amount64:
    case Storage::set64: break;
  }
  return Lane::i64;
}

// The values a lane can hold beside its mark for missing.
struct Range {
  std::int64_t least, most;
  bool holds(std::int64_t amount) const { return amount >= least && amount <= most; }
};

Range range_of(Lane lane) {
  switch (lane) {
    case Lane::u8: return {.least = 0, .most = missing_code8 - 1};
    case Lane::u16: return {.least = 0, .most = missing_code16 - 1};
    case Lane::i32: return {.least = missing_date + 1, .most = INT32_MAX};
    case Lane::i64: break;
  }
  return {.least = missing_amount + 1, .most = INT64_MAX};
}

Lane narrowest_for(std::int64_t amount) {
  for (const Lane lane : {Lane::u8, Lane::u16, Lane::i32})
    if (range_of(lane).holds(amount)) return lane;
  return Lane::i64;
}

Op mirrored(Op op) {
  switch (op) {
    case Op::less: return Op::greater;
    case Op::less_equal: return Op::greater_equal;
    case Op::greater: return Op::less;
    case Op::greater_equal: return Op::less_equal;
    default: return op;
  }
}

}  // namespace

// Turns the nodes of one condition into steps of the program.
class Lowering {
 public:
  Lowering(Program& program, const Expression& condition) : program_(program), nodes_(condition.nodes()) {}

  std::int32_t mask() {
    for (const Node& node : nodes_) operands_.push_back(lower(node));
    return mask_of(operands_.back());
  }

 private:
  // The value of a node: known when compiling, or the result of a step.
  struct Operand {
    std::int32_t step = -1;  // -1: `constant`
    Value constant = {};
    Lane lane = Lane::u8;
    Range range = {};      // what a value that is not missing can be
    bool is_mask = false;  // 0 or 1, never missing
    bool is_set = false;   // never missing
    bool is_constant() const { return step < 0; }
  };

  static Operand constant_of(Value value) {
    if (value.missing) return {.constant = value};
    return {.constant = value, .lane = narrowest_for(value.amount), .range = {value.amount, value.amount}};
  }

  const Operand& left(const Node& node) const { return operands_[static_cast<std::size_t>(node.left)]; }
  const Operand& right(const Node& node) const { return operands_[static_cast<std::size_t>(node.right)]; }

  Operand step_of(Step step, Range range, bool is_mask = false) {
    const Lane lane = step.to;
    auto& steps = program_.steps_;
    const auto same = std::ranges::find(steps, step);
    const auto position = static_cast<std::int32_t>(same - steps.begin());
    if (same == steps.end()) steps.push_back(std::move(step));
    return {.step = position, .lane = lane, .range = range, .is_mask = is_mask};
  }

  Operand mask_step(Step step) { return step_of(std::move(step), {.least = 0, .most = 1}, true); }

  // The operand in a lane at least as wide as its own.
  std::int32_t in_lane(const Operand& operand, Lane lane) {
    if (operand.is_constant()) {
      ensure(!operand.constant.missing, "a missing constant reaches a loop");
      return step_of({.kind = Kind::fill, .to = lane, .constant = operand.constant.amount}, operand.range).step;
    }
    if (operand.lane == lane) return operand.step;
    return step_of({.kind = Kind::widen, .lane = operand.lane, .to = lane, .left = operand.step}, operand.range).step;
  }

  std::int32_t mask_of(const Operand& operand) {
    if (operand.is_mask) return operand.step;
    if (!operand.is_constant()) return mask_step({.kind = Kind::holds, .left = operand.step}).step;
    const bool holds = !operand.constant.missing && operand.constant.amount != 0;
    return mask_step({.kind = Kind::fill, .constant = holds}).step;
  }

  Operand lower(const Node& node) {
    switch (node.op) {
      case Op::constant: return constant_of({.amount = node.amount});
      case Op::variable: return variable(static_cast<std::size_t>(node.amount));
      case Op::logical_or:
      case Op::logical_and: {
        const Kind kind = node.op == Op::logical_or ? Kind::logical_or : Kind::logical_and;
        return mask_step({.kind = kind, .left = mask_of(left(node)), .right = mask_of(right(node))});
      }
      case Op::logical_not: return mask_step({.kind = Kind::logical_not, .left = mask_of(left(node))});
      case Op::add:
      case Op::subtract:
      case Op::months_after: return sum(node);
      case Op::in_list: return in_list(node);
      case Op::set_has: return set_has(node);
      case Op::set_overlaps:
        return mask_step({.kind = Kind::overlaps, .lane = Lane::i64, .left = left(node).step, .constant = node.amount});
      case Op::known: return known(left(node));
      default: return comparison(node.op, left(node), right(node));
    }
  }

  Operand variable(std::size_t position) {
    const Column& column = program_.columns_[position];
    const Lane lane = lane_of(column.storage);
    const Range civil{.least = columnar::first_day, .most = columnar::last_day};
    const Range range = column.storage == Storage::date32 ? civil : range_of(lane);
    const auto place = static_cast<std::int64_t>(position);
    Operand stored = step_of({.kind = Kind::column, .to = lane, .constant = place}, range);
    stored.is_set = column.storage == Storage::set64;
    if (column.translation == nullptr) return stored;
    return step_of({.kind = Kind::translate, .left = stored.step, .constant = place}, range);
  }

  Operand comparison(Op op, const Operand& left, const Operand& right) {
    if (left.is_constant() && right.is_constant())
      return constant_of({.amount = compare(op, left.constant, right.constant)});
    if (left.is_constant()) return comparison(mirrored(op), right, left);
    if (right.is_constant() && right.constant.missing) return constant_of({.amount = 0});
    const Lane lane = std::max(left.lane, right.lane);
    if (right.is_constant())
      return mask_step({.kind = Kind::compare_constant,
                        .lane = lane,
                        .op = op,
                        .left = in_lane(left, lane),
                        .constant = right.constant.amount});
    return mask_step(
        {.kind = Kind::compare, .lane = lane, .op = op, .left = in_lane(left, lane), .right = in_lane(right, lane)});
  }

  // What a sum with a constant adds in 32 bits; empty when it needs 64.
  static std::optional<std::int64_t> narrow_shift(Op op, const Operand& column, std::int64_t constant) {
    const Range bounds = range_of(Lane::i32);
    if (op == Op::months_after || column.lane > Lane::i32 || !bounds.holds(constant)) return std::nullopt;
    const std::int64_t added = op == Op::add ? constant : -constant;
    if (!bounds.holds(column.range.least + added) || !bounds.holds(column.range.most + added)) return std::nullopt;
    return added;
  }

  Operand sum(const Node& node) {
    const Operand& a = left(node);
    const Operand& b = right(node);
    if (a.is_constant() && b.is_constant()) return constant_of(combine(node.op, node.type, a.constant, b.constant));
    if ((a.is_constant() && a.constant.missing) || (b.is_constant() && b.constant.missing))
      return constant_of({.missing = true});
    const bool dates = node.type == Type::date;
    const bool one_constant = b.is_constant() || (a.is_constant() && node.op == Op::add);
    const Operand& column = a.is_constant() ? b : a;
    const auto added =
        one_constant ? narrow_shift(node.op, column, (a.is_constant() ? a : b).constant.amount) : std::nullopt;
    if (added)
      return step_of({.kind = Kind::add_constant,
                      .lane = Lane::i32,
                      .to = Lane::i32,
                      .dates = dates,
                      .left = in_lane(column, Lane::i32),
                      .constant = *added},
                     {.least = column.range.least + *added, .most = column.range.most + *added});
    const Kind kind = node.op == Op::add ? Kind::sum : node.op == Op::subtract ? Kind::difference : Kind::months_after;
    return step_of({.kind = kind,
                    .lane = Lane::i64,
                    .to = Lane::i64,
                    .dates = dates,
                    .left = in_lane(a, Lane::i64),
                    .right = in_lane(b, Lane::i64)},
                   range_of(Lane::i64));
  }

  Operand in_list(const Node& node) {
    const Operand& operand = left(node);
    if (operand.is_constant())
      return constant_of(
          {.amount = !operand.constant.missing && std::ranges::binary_search(node.list, operand.constant.amount)});
    Step step{.kind = Kind::in_list, .lane = operand.lane, .left = operand.step};
    std::ranges::copy_if(node.list, std::back_inserter(step.list),
                         [&](std::int64_t member) { return range_of(operand.lane).holds(member); });
    return mask_step(std::move(step));
  }

  Operand set_has(const Node& node) {
    const Operand& set = left(node);
    const Operand word = node.right < 0 ? constant_of({.amount = node.amount}) : right(node);
    if (word.is_constant())
      return mask_step({.kind = Kind::overlaps,
                        .lane = Lane::i64,
                        .left = set.step,
                        .constant = static_cast<std::int64_t>(std::uint64_t{1} << word.constant.amount)});
    ensure(word.lane == Lane::u8, "words of a set are kept in one byte");
    return mask_step({.kind = Kind::has, .lane = Lane::i64, .left = set.step, .right = word.step});
  }

  Operand known(const Operand& operand) {
    if (operand.is_constant()) return constant_of({.amount = !operand.constant.missing});
    if (operand.is_set) return constant_of({.amount = 1});
    return mask_step({.kind = Kind::known, .lane = operand.lane, .left = operand.step});
  }

  Program& program_;
  const std::vector<Node>& nodes_;
  std::vector<Operand> operands_;
};

Program::Program(std::vector<Column> columns) : columns_(std::move(columns)) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

std::size_t Program::steps() const { return steps_.size(); }

std::size_t Program::add(const Expression& condition) {
  ensure(condition.type() == Type::boolean, "a condition is boolean");
  conditions_.push_back(Lowering(*this, condition).mask());
  return conditions_.size() - 1;
}

namespace {
constexpr std::size_t alignment = 64;
}

void Block::Release::operator()(std::byte* memory) const { ::operator delete[](memory, std::align_val_t{alignment}); }

Block::Block(const Program& program) : program_(&program), values_(program.steps_.size()) {
  std::size_t bytes = 0;
  for (const Step& step : program.steps_)
    if (step.kind != Kind::column) bytes += Program::block_rows * columnar::width_of(step.to);
  memory_.reset(new (std::align_val_t{alignment}) std::byte[bytes]);
  std::byte* next = memory_.get();
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (program.steps_[i].kind == Kind::column) continue;
    values_[i] = next;
    next += Program::block_rows * columnar::width_of(program.steps_[i].to);
  }
}

Block::~Block() = default;
Block::Block(Block&&) noexcept = default;

void Block::run(std::size_t first, std::size_t rows) {
  ensure(rows <= Program::block_rows, "more rows than a block has");
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Step& step = program_->steps_[i];
    if (step.kind != Kind::column) continue;
    const auto* data = static_cast<const std::byte*>(program_->columns_[static_cast<std::size_t>(step.constant)].data);
    // Columns are only read; the steps share one table of places to read and to write.
    values_[i] = const_cast<std::byte*>(data) + first * columnar::width_of(step.to);
  }
  columnar::run_steps(program_->steps_, program_->columns_, values_.data(), rows);
}

const std::uint8_t* Block::mask(std::size_t condition) const {
  return reinterpret_cast<const std::uint8_t*>(values_[static_cast<std::size_t>(program_->conditions_[condition])]);
}

}  // namespace shouyue::expr
