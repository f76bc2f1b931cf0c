#include "expr/expression.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "expr/arithmetic.hpp"

namespace shouyue::expr {
namespace {

Value truth(bool holds) { return {holds ? 1 : 0}; }
bool is_true(Value value) { return !value.missing && value.amount != 0; }

bool has(Value set, std::int64_t index) {
  return !set.missing && (static_cast<std::uint64_t>(set.amount) >> index & 1) != 0;
}

// The value of one node; `values` holds those of the nodes before it.
Value value_of(const Node& node, std::span<const Value> values, const Row& row) {
  const auto left = [&] { return values[static_cast<std::size_t>(node.left)]; };
  const auto right = [&] { return values[static_cast<std::size_t>(node.right)]; };
  switch (node.op) {
    case Op::constant: return {node.amount};
    case Op::variable: {
      const Value value = row[static_cast<std::size_t>(node.amount)];
      return value.missing ? Value{.missing = true} : value;
    }
    case Op::logical_or: return truth(is_true(left()) || is_true(right()));
    case Op::logical_and: return truth(is_true(left()) && is_true(right()));
    case Op::logical_not: return truth(!is_true(left()));
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return truth(compare(node.op, left(), right()));
    case Op::add:
    case Op::subtract:
    case Op::months_after: return combine(node.op, node.type, left(), right());
    case Op::in_list:
      return truth(!left().missing && std::binary_search(node.list.begin(), node.list.end(), left().amount));
    case Op::set_has:
      if (node.right < 0) return truth(has(left(), node.amount));
      return truth(!right().missing && has(left(), right().amount));
    case Op::set_overlaps: return truth(!left().missing && (left().amount & node.amount) != 0);
    case Op::known: return truth(!left().missing);
  }
  ensure(false, "unknown operator");
  return {};
}

Value evaluate_into(std::span<Value> values, const std::vector<Node>& nodes, const Row& row) {
  for (std::size_t i = 0; i < nodes.size(); ++i) values[i] = value_of(nodes[i], values, row);
  return values[nodes.size() - 1];
}

}  // namespace

Expression Expression::always() {
  Expression expression;
  expression.text_ = "true";
  expression.nodes_ = {{.op = Op::constant, .type = Type::boolean, .amount = 1}};
  return expression;
}

Value Expression::evaluate(const Row& row) const {
  // Most conditions are short; what is not needed is not cleared either.
  if (nodes_.size() <= 8) {
    std::array<Value, 8> few;
    return evaluate_into(few, nodes_, row);
  }
  if (nodes_.size() <= 64) {
    std::array<Value, 64> some;
    return evaluate_into(some, nodes_, row);
  }
  std::vector<Value> many(nodes_.size());
  return evaluate_into(many, nodes_, row);
}

}  // namespace shouyue::expr
