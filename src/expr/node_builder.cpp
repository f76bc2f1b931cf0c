#include "expr/node_builder.hpp"

#include <algorithm>

#include "expr/lexer.hpp"
#include "expr/near_match.hpp"

namespace shouyue::expr {
namespace {

bool is_number(Type type) { return type == Type::integer || type == Type::money || type == Type::decimal; }

std::string describe(const Part& part) {
  return part.word ? "the text '" + std::string(*part.word) + "'" : name_of(part.type);
}

std::string describe_in_chinese(const Part& part) {
  return part.word ? "文字“" + std::string(*part.word) + "”" : chinese_name_of(part.type);
}

std::unexpected<Error> refuse_types(int column, const std::string& operation, const Part& left, const Part& right) {
  return refuse_at(
      column, "expr.type", "'" + operation + "' does not go between " + describe(left) + " and " + describe(right),
      "“" + operation + "”两边的类型不符：" + describe_in_chinese(left) + "与" + describe_in_chinese(right));
}

std::unexpected<Error> refuse_type(int column, const std::string& operation, const std::string& wanted,
                                   const std::string& wanted_zh, const Part& given) {
  return refuse_at(column, "expr.type", "'" + operation + "' wants " + wanted + ", not " + describe(given),
                   "“" + operation + "”需要" + wanted_zh + "，而不是" + describe_in_chinese(given));
}

Result<std::int64_t> index_of_word(std::string_view word, const Variable& variable, int column) {
  const auto found = std::find(variable.words.begin(), variable.words.end(), word);
  if (found != variable.words.end()) return found - variable.words.begin();
  const auto near = near_matches(word, variable.words);
  return refuse_at(
      column, "expr.unknown_word",
      variable.name + " has no word '" + std::string(word.substr(0, 60)) + "'" + did_you_mean(near),
      variable.name + " 没有“" + std::string(word.substr(0, 60)) + "”这个词" + did_you_mean_in_chinese(near));
}

std::string symbol_of(Op op) {
  switch (op) {
    case Op::logical_or: return "or";
    case Op::logical_and: return "and";
    case Op::equal: return "==";
    case Op::not_equal: return "!=";
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    case Op::greater_equal: return ">=";
    case Op::add: return "+";
    case Op::subtract: return "-";
    default: return "?";
  }
}

}  // namespace

std::string name_of(Type type) {
  constexpr const char* names[] = {"boolean", "integer", "date", "money", "decimal", "text", "set"};
  return names[static_cast<std::size_t>(type)];
}

std::string chinese_name_of(Type type) {
  constexpr const char* names[] = {"是非值", "整数", "日期", "金额", "小数", "文字", "集合"};
  return names[static_cast<std::size_t>(type)];
}

Part NodeBuilder::append(Node node, int column) {
  const Type type = node.type;
  nodes_.push_back(std::move(node));
  return {.node = static_cast<std::int32_t>(nodes_.size() - 1), .type = type, .column = column};
}

Part NodeBuilder::literal(const Literal& literal) {
  if (literal.word) return {.type = Type::text, .column = literal.column, .word = literal.word};
  return append({.op = Op::constant, .type = literal.type, .amount = literal.amount}, literal.column);
}

Part NodeBuilder::variable(const Variable& variable, std::size_t position, int column) {
  Part part =
      append({.op = Op::variable, .type = variable.type, .amount = static_cast<std::int64_t>(position)}, column);
  part.variable = &variable;
  return part;
}

Result<Part> NodeBuilder::logical(Op op, const Part& left, const Part& right, int column) {
  if (left.type != Type::boolean || right.type != Type::boolean)
    return refuse_types(column, symbol_of(op), left, right);
  return append({.op = op, .type = Type::boolean, .left = left.node, .right = right.node}, column);
}

Result<Part> NodeBuilder::negation(const Part& operand, int column) {
  if (operand.type != Type::boolean) return refuse_type(column, "not", "a boolean", "是非值", operand);
  return append({.op = Op::logical_not, .type = Type::boolean, .left = operand.node}, column);
}

Result<Part> NodeBuilder::sum(Op op, const Part& left, const Part& right, int column) {
  Type result = left.type;
  if (left.type == Type::date && right.type == Type::date && op == Op::subtract)
    result = Type::integer;
  else if (left.type == Type::date ? right.type != Type::integer : !is_number(left.type) || right.type != left.type)
    return refuse_types(column, symbol_of(op), left, right);
  return append({.op = op, .type = result, .left = left.node, .right = right.node}, column);
}

Result<Part> NodeBuilder::comparison(Op op, const Part& left, const Part& right, int column) {
  Part a = left, b = right;
  if (a.word && b.variable && b.type == Type::text)
    a = append({.op = Op::constant,
                .type = Type::text,
                .amount = SHOUYUE_TRY(index_of_word(*left.word, *b.variable, left.column))},
               left.column);
  else if (b.word && a.variable && a.type == Type::text)
    b = append({.op = Op::constant,
                .type = Type::text,
                .amount = SHOUYUE_TRY(index_of_word(*right.word, *a.variable, right.column))},
               right.column);
  else if (a.word || b.word || a.type != b.type)
    return refuse_types(column, symbol_of(op), left, right);
  const bool ordered = op != Op::equal && op != Op::not_equal;
  if (a.type == Type::set || (ordered && (a.type == Type::text || a.type == Type::boolean)))
    return refuse_types(column, symbol_of(op), left, right);
  if (a.type == Type::text && a.variable && b.variable && a.variable->words != b.variable->words)
    return refuse_at(column, "expr.type", a.variable->name + " and " + b.variable->name + " have different words",
                     a.variable->name + " 与 " + b.variable->name + " 的词表不同");
  return append({.op = op, .type = Type::boolean, .left = a.node, .right = b.node}, column);
}

Result<Part> NodeBuilder::one_of(const Part& left, const std::vector<Literal>& list, int column) {
  if (left.word || left.type == Type::set)
    return refuse_type(column, "in", "a single value that is no literal before a list", "列表之前为单个变量值", left);
  std::vector<std::int64_t> amounts;
  for (const Literal& item : list) {
    const Part shown{.type = item.word ? Type::text : item.type, .column = item.column, .word = item.word};
    if (left.type != shown.type) return refuse_types(item.column, "in", left, shown);
    amounts.push_back(item.word ? SHOUYUE_TRY(index_of_word(*item.word, *left.variable, item.column)) : item.amount);
  }
  std::sort(amounts.begin(), amounts.end());
  amounts.erase(std::unique(amounts.begin(), amounts.end()), amounts.end());
  return append({.op = Op::in_list, .type = Type::boolean, .left = left.node, .list = std::move(amounts)}, column);
}

Result<Part> NodeBuilder::member(const Part& left, const Part& set, int column) {
  if (set.type != Type::set || left.type != Type::text) return refuse_types(column, "in", left, set);
  if (left.word) {
    const std::int64_t index = SHOUYUE_TRY(index_of_word(*left.word, *set.variable, left.column));
    return append({.op = Op::set_has, .type = Type::boolean, .left = set.node, .amount = index}, column);
  }
  if (left.variable->words != set.variable->words)
    return refuse_at(column, "expr.type", left.variable->name + " and " + set.variable->name + " have different words",
                     left.variable->name + " 与 " + set.variable->name + " 的词表不同");
  return append({.op = Op::set_has, .type = Type::boolean, .left = set.node, .right = left.node}, column);
}

Result<Part> NodeBuilder::overlap(const Part& set, const std::vector<Literal>& list, int column) {
  if (set.type != Type::set) return refuse_type(column, "overlaps", "a set", "集合", set);
  std::uint64_t mask = 0;
  for (const Literal& item : list) {
    const Part shown{.type = item.type, .column = item.column};
    if (!item.word) return refuse_types(item.column, "overlaps", set, shown);
    mask |= std::uint64_t{1} << SHOUYUE_TRY(index_of_word(*item.word, *set.variable, item.column));
  }
  return append(
      {.op = Op::set_overlaps, .type = Type::boolean, .left = set.node, .amount = static_cast<std::int64_t>(mask)},
      column);
}

Result<Part> NodeBuilder::known(const Part& variable, int column) {
  return append({.op = Op::known, .type = Type::boolean, .left = variable.node}, column);
}

Result<Part> NodeBuilder::months_after(const Part& date, const Part& months, int column) {
  if (date.type != Type::date || months.type != Type::integer)
    return refuse_types(column, "months_after", date, months);
  return append({.op = Op::months_after, .type = Type::date, .left = date.node, .right = months.node}, column);
}

}  // namespace shouyue::expr
