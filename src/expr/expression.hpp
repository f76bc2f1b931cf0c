#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

// The small language of conditions in rule books: typed, total, without loops or side effects, checked when loaded.
// Two evaluators with one meaning: `Expression::holds`/`evaluate` for one row, `columnar.hpp` for columns.
//
//   or_expr  := and_expr ('or' and_expr)*            comparison := sum (('=='|'!='|'<'|'<='|'>'|'>=') sum)?
//   and_expr := not_expr ('and' not_expr)*                        | sum 'in' list | value 'in' set_variable
//   not_expr := 'not' not_expr | comparison                       | set_variable 'overlaps' list
//   sum      := term (('+'|'-') term)*               list       := '[' literal (',' literal)* ']'
//   term     := integer | decimal | '12.5%' | 'text' | 2021-10-08 | yuan(60000) | true | false
//             | days(30) | months_after(date, 3) | known(variable) | variable | '(' or_expr ')'
//
// A value may be missing (an empty field). Every comparison with a missing value is false, `known(x)` asks for it,
// a sum with a missing value is missing, `not` of a false comparison is true. A missing boolean does not hold: `not x`
// of it is true. A result that does not fit (64 bits, dates 0001 … 9999) is missing.
namespace shouyue::expr {

enum class Type : std::uint8_t { boolean, integer, date, money, decimal, text, set };

// A name that a condition may use. Text and set values come from a closed list (`words`, at most 64 for a set);
// a text value is carried as its index in the list, a set as a bit mask of indexes.
struct Variable {
  std::string name;
  Type type;
  std::vector<std::string> words = {};
};
using Schema = std::vector<Variable>;

// One value: date in days since 1970, money in fen, decimal in millionths, boolean 0/1, text index, set mask.
struct Value {
  std::int64_t amount = 0;
  bool missing = false;
  bool operator==(const Value&) const = default;
};

// The values of one row, in the order of the schema. It lies in one piece, so that making and copying one takes no
// memory from the heap.
class Row {
 public:
  static constexpr std::size_t size_max = 64;

  Row() = default;
  Row(std::size_t size, Value value) { resize(size, value); }
  Row(std::initializer_list<Value> values) {
    for (const Value value : values) push_back(value);
  }

  std::size_t size() const { return size_; }
  Value& operator[](std::size_t position) { return values_[position]; }
  const Value& operator[](std::size_t position) const { return values_[position]; }
  Value* begin() { return values_.data(); }
  Value* end() { return values_.data() + size_; }
  // New values behind the old ones; a row never shrinks.
  void resize(std::size_t size, Value value) {
    ensure(size >= size_ && size <= size_max, "a row has at most 64 values");
    std::fill(values_.begin() + static_cast<std::ptrdiff_t>(size_), values_.begin() + static_cast<std::ptrdiff_t>(size),
              value);
    size_ = size;
  }
  void push_back(Value value) { resize(size_ + 1, value); }

 private:
  std::size_t size_ = 0;
  std::array<Value, size_max> values_;
};

enum class Op : std::uint8_t {
  constant, variable,
  logical_or, logical_and, logical_not,
  equal, not_equal, less, less_equal, greater, greater_equal,  // on two amounts of one type
  add, subtract,         // integers, money, decimals; date ± integer (days); date - date gives an integer
  in_list,               // left amount is one of `list`
  set_has,               // set (left) contains the index `constant` of a literal or of the text at `right`
  set_overlaps,          // set (left) has a bit of mask `amount`
  known,                 // left is not missing
  months_after,          // date (left) plus integer (right) months, clipped to the month's end
};

// Nodes in evaluation order: operands stand before their operator, the last node is the result.
struct Node {
  Op op;
  Type type;               // of the result
  std::int32_t left = -1;  // index of the operand nodes
  std::int32_t right = -1;
  std::int64_t amount = 0;             // constant, variable index, mask
  std::vector<std::int64_t> list = {}; // for in_list, sorted
};

class Expression {
 public:
  // Errors: expr.syntax, expr.unknown_name, expr.unknown_word, expr.type. Messages carry the column (from 1).
  static Result<Expression> parse(std::string_view text, const Schema& schema);
  // The condition that always holds.
  static Expression always();

  Type type() const { return nodes_.back().type; }
  const std::string& text() const { return text_; }
  const std::vector<Node>& nodes() const { return nodes_; }

  Value evaluate(const Row& row) const;
  // For a boolean expression; a missing boolean does not hold.
  bool holds(const Row& row) const;

 private:
  std::string text_;
  std::vector<Node> nodes_;
};

}  // namespace shouyue::expr
