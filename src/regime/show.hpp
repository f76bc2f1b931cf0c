#pragma once

#include <string>
#include <string_view>

#include "regime/regime.hpp"

// Rule books as people read them.
namespace shouyue::regime {

enum class Language : std::uint8_t { en, zh };

// All clauses with values, dates and citations, then the open points (status assumed) with their notes.
std::string show(const Regime& regime, Language language);

// What `after` decides otherwise than `before`, by clause path: `+` added, `-` removed, `~` changed with the lines that
// differ. Titles, notes and citations do not count. Empty when nothing differs.
std::string diff(const Regime& before, const Regime& after);

// One clause with the value it decided, and where that is written:
// `Cooling-off period: 10 days [national/followup.cooling_off · <cite>]`. `cite` (of the dated value that decided) may
// be empty: then the clause's own.
std::string sentence(const Clause& clause, std::string_view value, std::string_view cite, Language language);

}  // namespace shouyue::regime
