#pragma once

#include "expr/expression.hpp"

// What an operator does to values: one definition for every evaluator of conditions.
namespace shouyue::expr {

// add, subtract and months_after; `result` is the type of the node. Missing when an operand is missing, when a number
// leaves -(2^63 - 1) … 2^63 - 1 or a date leaves 0001-01-01 … 9999-12-31.
Value combine(Op op, Type result, Value left, Value right);

// equal … greater_equal. False when an operand is missing.
bool compare(Op op, Value left, Value right);

}  // namespace shouyue::expr
