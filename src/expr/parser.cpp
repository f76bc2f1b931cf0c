#include <algorithm>

#include "base/money.hpp"
#include "expr/expression.hpp"
#include "expr/lexer.hpp"
#include "expr/near_match.hpp"
#include "expr/node_builder.hpp"

namespace shouyue::expr {
namespace {

constexpr int depth_max =
    64;  // parentheses, calls and `not` inside one another: hostile text must not exhaust the stack
constexpr std::size_t nodes_max = 20'000;  // a chain of `or` is a tree as deep as it is long

bool is_reserved(std::string_view name) {
  constexpr std::string_view reserved[] = {"and",   "or",    "not",  "in",   "overlaps",    "true",
                                           "false", "known", "days", "yuan", "months_after"};
  return std::find(std::begin(reserved), std::end(reserved), name) != std::end(reserved);
}

class Parser {
 public:
  Parser(std::vector<Token> tokens, const Schema& schema) : tokens_(std::move(tokens)), schema_(schema) {}

  Result<std::vector<Node>> run() {
    const Part whole = SHOUYUE_TRY(or_expression());
    if (here().kind != TokenKind::end) return unexpected("the end of the condition or an operator", "条件结束或运算符");
    if (whole.word)
      return refuse_at(whole.column, "expr.type", "a text alone is no value; compare it with a name",
                       "单独的文字不是值，请与变量比较");
    return builder_.take();
  }

 private:
  struct Deeper {
    explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    int& depth_;
  };

  const Token& here() const { return tokens_[at_]; }
  bool is(std::string_view text) const {
    return here().text == text && (here().kind == TokenKind::name || here().kind == TokenKind::symbol);
  }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }
  std::unexpected<Error> unexpected(const std::string& wanted, const std::string& wanted_zh) const {
    const std::string given = here().kind == TokenKind::end ? "" : std::string(here().text.substr(0, 40));
    return refuse_at(here().column, "expr.syntax",
                     "expected " + wanted + (given.empty() ? ", but the condition ends" : ", not '" + given + "'"),
                     "此处应为" + wanted_zh + (given.empty() ? "，但条件已结束" : "，而不是“" + given + "”"));
  }
  Result<void> expect(const std::string& symbol) {
    if (!take(symbol)) return unexpected("'" + symbol + "'", "“" + symbol + "”");
    return {};
  }

  Result<Part> or_expression() {
    Part left = SHOUYUE_TRY(and_expression());
    for (int column = here().column; take("or"); column = here().column) {
      const Part right = SHOUYUE_TRY(and_expression());
      left = SHOUYUE_TRY(builder_.logical(Op::logical_or, left, right, column));
    }
    return left;
  }

  Result<Part> and_expression() {
    Part left = SHOUYUE_TRY(not_expression());
    for (int column = here().column; take("and"); column = here().column) {
      const Part right = SHOUYUE_TRY(not_expression());
      left = SHOUYUE_TRY(builder_.logical(Op::logical_and, left, right, column));
    }
    return left;
  }

  Result<Part> not_expression() {
    const Deeper deeper(depth_);
    if (depth_ > depth_max)
      return refuse_at(here().column, "expr.syntax", "the condition is nested deeper than 64 levels",
                       "条件嵌套超过 64 层");
    const int column = here().column;
    if (take("not")) return builder_.negation(SHOUYUE_TRY(not_expression()), column);
    return comparison();
  }

  Result<Part> comparison() {
    const Part left = SHOUYUE_TRY(sum());
    const int column = here().column;
    if (take("in")) {
      if (is("[")) return builder_.one_of(left, SHOUYUE_TRY(list()), column);
      return builder_.member(left, SHOUYUE_TRY(variable()), column);
    }
    if (take("overlaps")) return builder_.overlap(left, SHOUYUE_TRY(list()), column);
    constexpr std::pair<std::string_view, Op> operators[] = {{"==", Op::equal},  {"!=", Op::not_equal},
                                                             {"<", Op::less},    {"<=", Op::less_equal},
                                                             {">", Op::greater}, {">=", Op::greater_equal}};
    for (const auto& [text, op] : operators)
      if (take(text)) return builder_.comparison(op, left, SHOUYUE_TRY(sum()), column);
    return left;
  }

  Result<Part> sum() {
    Part left = SHOUYUE_TRY(term());
    for (;;) {
      const int column = here().column;
      const bool plus = take("+");
      if (!plus && !take("-")) return left;
      const Part right = SHOUYUE_TRY(term());
      left = SHOUYUE_TRY(builder_.sum(plus ? Op::add : Op::subtract, left, right, column));
    }
  }

  Result<Part> term() {
    const int column = here().column;
    if (take("(")) {
      Part inside = SHOUYUE_TRY(or_expression());
      SHOUYUE_CHECK(expect(")"));
      return inside;
    }
    if (is("known")) return known();
    if (is("months_after")) return months_after();
    if (here().kind == TokenKind::name && !is_reserved(here().text)) return variable();
    const auto value = SHOUYUE_TRY(literal());
    if (!value) return unexpected("a value", "一个值");
    Part part = builder_.literal(*value);
    part.column = column;
    return part;
  }

  Result<Part> known() {
    const int column = tokens_[at_++].column;
    SHOUYUE_CHECK(expect("("));
    const Part inside = SHOUYUE_TRY(variable());
    SHOUYUE_CHECK(expect(")"));
    return builder_.known(inside, column);
  }

  Result<Part> months_after() {
    const int column = tokens_[at_++].column;
    const Deeper deeper(depth_);
    if (depth_ > depth_max)
      return refuse_at(column, "expr.syntax", "the condition is nested deeper than 64 levels", "条件嵌套超过 64 层");
    SHOUYUE_CHECK(expect("("));
    const Part date = SHOUYUE_TRY(sum());
    SHOUYUE_CHECK(expect(","));
    const Part months = SHOUYUE_TRY(sum());
    SHOUYUE_CHECK(expect(")"));
    return builder_.months_after(date, months, column);
  }

  Result<Part> variable() {
    const Token token = here();
    if (token.kind != TokenKind::name || is_reserved(token.text)) return unexpected("a name", "变量名");
    ++at_;
    for (std::size_t i = 0; i < schema_.size(); ++i)
      if (schema_[i].name == token.text) return builder_.variable(schema_[i], i, token.column);
    std::vector<std::string> names;
    for (const Variable& variable : schema_) names.push_back(variable.name);
    const auto near = near_matches(token.text, names);
    const std::string given(token.text.substr(0, 60));
    return refuse_at(token.column, "expr.unknown_name", "there is no name '" + given + "' here" + did_you_mean(near),
                     "此处没有“" + given + "”这个变量" + did_you_mean_in_chinese(near));
  }

  Result<std::vector<Literal>> list() {
    SHOUYUE_CHECK(expect("["));
    std::vector<Literal> items;
    do {
      const auto item = SHOUYUE_TRY(literal());
      if (!item) return unexpected("a literal", "一个常量");
      items.push_back(*item);
    } while (take(","));
    SHOUYUE_CHECK(expect("]"));
    return items;
  }

  // Empty when no literal starts here.
  Result<std::optional<Literal>> literal() {
    const Token& token = here();
    const int column = token.column;
    switch (token.kind) {
      case TokenKind::text: ++at_; return Literal{.type = Type::text, .word = token.text, .column = column};
      case TokenKind::number:
      case TokenKind::date: ++at_; return Literal{.type = token.type, .amount = token.amount, .column = column};
      default: break;
    }
    if (take("true")) return Literal{.type = Type::boolean, .amount = 1, .column = column};
    if (take("false")) return Literal{.type = Type::boolean, .amount = 0, .column = column};
    if (take("days")) {
      const Token number = SHOUYUE_TRY(number_in_parentheses());
      if (number.type != Type::integer)
        return refuse_at(number.column, "expr.syntax", "days(…) wants a whole number", "days(…) 需要整数");
      return Literal{.type = Type::integer, .amount = number.amount, .column = column};
    }
    if (take("yuan")) {
      const Token number = SHOUYUE_TRY(number_in_parentheses());
      const auto money = Money::parse(number.text);
      if (!money) return refuse_at(number.column, "expr.syntax", money.error().en, money.error().zh);
      return Literal{.type = Type::money, .amount = money->in_fen(), .column = column};
    }
    return std::nullopt;
  }

  Result<Token> number_in_parentheses() {
    SHOUYUE_CHECK(expect("("));
    if (here().kind != TokenKind::number) return unexpected("a number", "一个数");
    const Token number = tokens_[at_++];
    SHOUYUE_CHECK(expect(")"));
    return number;
  }

  std::vector<Token> tokens_;
  const Schema& schema_;
  NodeBuilder builder_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<Expression> Expression::parse(std::string_view text, const Schema& schema) {
  Expression expression;
  expression.text_ = text;
  auto tokens = SHOUYUE_TRY(tokens_of(text));
  expression.nodes_ = SHOUYUE_TRY(Parser(std::move(tokens), schema).run());
  if (expression.nodes_.size() > nodes_max)
    return refuse_at(1, "expr.syntax", "the condition is too long; split it", "条件过长，请拆分");
  return expression;
}

}  // namespace shouyue::expr
