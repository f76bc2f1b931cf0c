#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expr/expression.hpp"

namespace shouyue::expr {

enum class TokenKind : std::uint8_t { name, text, number, date, symbol, end };

// A piece of a condition. `amount` holds the literal: an integer, a decimal in millionths, or days since 1970.
struct Token {
  TokenKind kind;
  std::string_view text;  // of a text literal what stands between the quotes
  int column;             // from 1, in bytes
  Type type = Type::integer;
  std::int64_t amount = 0;
};

// The tokens of a condition; the last has kind `end`. The views point into `text`. Errors: expr.syntax.
Result<std::vector<Token>> tokens_of(std::string_view text);

// A refusal with its column in both languages.
std::unexpected<Error> refuse_at(int column, const char* rule, const std::string& en, const std::string& zh);

}  // namespace shouyue::expr
