#include "expr/expression.hpp"

#include <algorithm>

#include "expr/arithmetic.hpp"

namespace shouyue::expr {
namespace {

Value truth(bool holds) { return {holds ? 1 : 0}; }

bool has(Value set, std::int64_t index) {
  return !set.missing && (static_cast<std::uint64_t>(set.amount) >> index & 1) != 0;
}

// Evaluates what decides and no more: an `and` whose left side does not hold never looks at its right side.
class Evaluation {
 public:
  Evaluation(const std::vector<Node>& nodes, const Row& row) : nodes_(nodes.data()), row_(row) {}

  Value value(std::int32_t position) const {
    const Node& node = nodes_[position];
    switch (node.op) {
      case Op::constant: return {node.amount};
      case Op::variable: {
        const Value value = row_[static_cast<std::size_t>(node.amount)];
        return value.missing ? Value{.missing = true} : value;
      }
      case Op::add:
      case Op::subtract:
      case Op::months_after: return combine(node.op, node.type, value(node.left), value(node.right));
      default: return truth(is_met(node));
    }
  }

  bool holds(std::int32_t position) const {
    const Node& node = nodes_[position];
    if (says_yes_or_no(node.op)) return is_met(node);
    const Value found = value(position);
    return !found.missing && found.amount != 0;
  }

 private:
  static bool says_yes_or_no(Op op) {
    return op != Op::constant && op != Op::variable && op != Op::add && op != Op::subtract && op != Op::months_after;
  }

  bool is_met(const Node& node) const {
    switch (node.op) {
      case Op::logical_or: return holds(node.left) || holds(node.right);
      case Op::logical_and: return holds(node.left) && holds(node.right);
      case Op::logical_not: return !holds(node.left);
      case Op::in_list: {
        const Value left = value(node.left);
        return !left.missing && std::binary_search(node.list.begin(), node.list.end(), left.amount);
      }
      case Op::set_has: {
        if (node.right < 0) return has(value(node.left), node.amount);
        const Value index = value(node.right);
        return !index.missing && has(value(node.left), index.amount);
      }
      case Op::set_overlaps: {
        const Value set = value(node.left);
        return !set.missing && (set.amount & node.amount) != 0;
      }
      case Op::known: return !value(node.left).missing;
      default: return compare(node.op, value(node.left), value(node.right));
    }
  }

  const Node* nodes_;
  const Row& row_;
};

}  // namespace

Expression Expression::always() {
  Expression expression;
  expression.text_ = "true";
  expression.nodes_ = {{.op = Op::constant, .type = Type::boolean, .amount = 1}};
  return expression;
}

Value Expression::evaluate(const Row& row) const {
  return Evaluation(nodes_, row).value(static_cast<std::int32_t>(nodes_.size()) - 1);
}

bool Expression::holds(const Row& row) const {
  return Evaluation(nodes_, row).holds(static_cast<std::int32_t>(nodes_.size()) - 1);
}

}  // namespace shouyue::expr
