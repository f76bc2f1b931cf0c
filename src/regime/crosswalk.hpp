#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "regime/load.hpp"

// The same thing under the names of two books.
namespace shouyue::regime {

// The lists of words that a book may map: `[outcome.group.*]`; ticket kinds, with `/` and the subtype where a kind has
// subtypes; the classes that its outcome rules give.
inline constexpr std::array<std::string_view, 3> crosswalk_lists{"reason_group", "ticket", "result_class"};

// The words of one list that a book uses, in its own order.
std::vector<std::string> words_of(const Regime& book, std::string_view list);

// The other book's word for `word`, of a subtype its own or else its kind's; empty when the crosswalk has none.
std::optional<std::string> counterpart(const Crosswalk& crosswalk, std::string_view list, std::string_view word);

// The crosswalk of `book` to the book `other`; null when it has none.
const Crosswalk* find_crosswalk(const Regime& book, std::string_view other);

struct CrosswalkRow {
  std::string list, here, there;  // `there` empty: no counterpart; `here` empty: nothing is mapped to it
};
// Every word of both books once or more, list by list: first the words of `book`, then what nothing is mapped to, be it
// the word or the kind of a subtype.
std::vector<CrosswalkRow> crosswalk_rows(const Regime& book, const Crosswalk& crosswalk, const Regime& other);

// Words that the book itself does not have. Issues: regime.crosswalk_word.
void check_crosswalk(const Regime& book, const Crosswalk& crosswalk, std::vector<Issue>& issues);
// Counterparts that the other book does not have. Issues: regime.crosswalk_word.
void check_counterparts(const Crosswalk& crosswalk, const Regime& other, std::vector<Issue>& issues);

}  // namespace shouyue::regime
