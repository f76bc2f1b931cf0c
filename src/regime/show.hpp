#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "regime/regime.hpp"

// Rule books as people read them.
namespace shouyue::regime {

enum class Language : std::uint8_t { en, zh };

// All clauses with values, dates and citations, then the open points (status assumed) with their notes.
std::string show(const Regime& regime, Language language);

// What one book decides otherwise than another at one place. Titles, notes and citations do not count.
struct Difference {
  std::string path;
  const Statement* before = nullptr;  // null: added
  const Statement* after = nullptr;   // null: removed
};
// By path; the statements must live as long as the result.
std::vector<Difference> differences(const std::vector<Statement>& before, const std::vector<Statement>& after);

// What the book states that holds on `day`: of dated values the last one that binds by then, of exceptions those that
// bind.
std::vector<Statement> statements_on(const Regime& regime, Date day);

// The same for two whole books as text, by clause path: `+` added, `-` removed, `~` changed with the lines that
// differ. Titles, notes and citations do not count. Empty when nothing differs.
std::string diff(const Regime& before, const Regime& after);

// One clause with the value it decided, and where that is written:
// `Cooling-off period: 10 days [national/followup.cooling_off · <cite>]`. `cite` (of the dated value that decided) may
// be empty: then the clause's own.
std::string sentence(const Clause& clause, std::string_view value, std::string_view cite, Language language);

}  // namespace shouyue::regime
