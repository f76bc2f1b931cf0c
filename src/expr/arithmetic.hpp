#pragma once

#include "expr/expression.hpp"

// What an operator does to values: one definition for every evaluator of conditions.
namespace shouyue::expr {

// add, subtract and months_after; `result` is the type of the node. Missing when an operand is missing, when a number
// leaves -(2^63 - 1) … 2^63 - 1 or a date leaves 0001-01-01 … 9999-12-31.
Value combine(Op op, Type result, Value left, Value right);

// equal … greater_equal. False when an operand is missing.
inline bool compare(Op op, Value left, Value right) {
  if (left.missing || right.missing) return false;
  switch (op) {
    case Op::equal: return left.amount == right.amount;
    case Op::not_equal: return left.amount != right.amount;
    case Op::less: return left.amount < right.amount;
    case Op::less_equal: return left.amount <= right.amount;
    case Op::greater: return left.amount > right.amount;
    case Op::greater_equal: return left.amount >= right.amount;
    default: break;
  }
  ensure(false, "not a comparison");
  return false;
}

}  // namespace shouyue::expr
