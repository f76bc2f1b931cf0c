#pragma once

#include <map>
#include <string>
#include <string_view>

#include "expr/expression.hpp"

namespace shouyue::regime {

// What people say, in both languages.
struct Wording {
  std::string zh, en;
  bool empty() const { return zh.empty(); }
  bool operator==(const Wording&) const = default;
};

// The words that a book makes up for itself (reason groups, ticket subtypes, ticket results, questions): by the name
// that has them in conditions, then by the word.
using OwnWords = std::map<std::string, std::map<std::string, Wording, std::less<>>, std::less<>>;

// How a name of conditions is said: a boolean as a sentence with its opposite, everything else as a noun.
struct VariableWords {
  Wording said;
  Wording opposite = {};  // of a boolean
  Wording unit = {};      // of a number; may be empty
};
// Of a name of any section; a name means the same in all of them. Empty for a name that no section has.
VariableWords words_of(std::string_view variable);

// A word of the variable's list, which a condition names by its index: of the code lists as the Chinese files have it,
// of the book's own as its title says. English, and a word without a title, is the code itself in separate words.
Wording word_of(const expr::Variable& variable, std::int64_t index, const OwnWords& own);

}  // namespace shouyue::regime
