#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

#include "regime/regime.hpp"

namespace shouyue::app {

// Runs one [[analysis]] of a case file: so many cases with these facts, and what the analysis counts of them.
// Gives what differs; empty: as expected.
std::vector<std::string> run_analysis_case(const toml::table& table, const regime::Regime& book);

}  // namespace shouyue::app
