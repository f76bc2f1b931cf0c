#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expression.hpp"

namespace shouyue::expr {

// A checked part of a condition. A text literal has no node yet: which list its word belongs to is known only once it
// meets a variable.
struct Part {
  std::int32_t node = -1;
  Type type = Type::boolean;
  int column = 1;
  const Variable* variable = nullptr;         // when the part is a plain variable: its words and its name
  std::optional<std::string_view> word = {};  // an unresolved text literal
};

// A literal on its own or in a list.
struct Literal {
  Type type = Type::integer;
  std::int64_t amount = 0;
  std::optional<std::string_view> word = {};  // of a text literal
  int column = 1;
};

// Checks types and appends nodes. Errors of every function: expr.type, expr.unknown_word.
class NodeBuilder {
 public:
  Part literal(const Literal& literal);
  Part variable(const Variable& variable, std::size_t position, int column);
  Result<Part> logical(Op op, const Part& left, const Part& right, int column);
  Result<Part> negation(const Part& operand, int column);
  Result<Part> sum(Op op, const Part& left, const Part& right, int column);
  Result<Part> comparison(Op op, const Part& left, const Part& right, int column);
  Result<Part> one_of(const Part& left, const std::vector<Literal>& list, int column);
  Result<Part> member(const Part& left, const Part& set, int column);
  Result<Part> overlap(const Part& set, const std::vector<Literal>& list, int column);
  Result<Part> known(const Part& variable, int column);
  Result<Part> months_after(const Part& date, const Part& months, int column);

  std::vector<Node> take() { return std::move(nodes_); }

 private:
  Part append(Node node, int column);

  std::vector<Node> nodes_;
};

// `date`, `整数` …
std::string name_of(Type type);
std::string chinese_name_of(Type type);

}  // namespace shouyue::expr
