#pragma once

#include <string>
#include <string_view>
#include <vector>

// A value of a rule book that is written as text, changed by one step.
namespace shouyue::app {

// What stands under `key`, each time with one change: an amount or a rate one up or down in its last place, a period a
// minute wider or narrower at either end, a condition as by changed_conditions, a word of a closed list the next one of
// the list. Empty for texts of other kinds.
std::vector<std::string> changed_texts(std::string_view key, const std::string& text);

// The condition with one limit moved by one step, one boundary opened or closed, one word of a list left out, or
// negated as a whole.
std::vector<std::string> changed_conditions(const std::string& condition);

// The day before and the day after.
std::vector<std::string> changed_days(std::string_view day);

}  // namespace shouyue::app
