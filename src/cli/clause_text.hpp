#pragma once

#include <string>

#include <boost/json/value.hpp>

#include "regime/regime.hpp"

namespace shouyue::cli {

// `犹豫期 / Cooling-off period [national/followup.cooling_off · <document>]`
std::string clause_line(const regime::Clause& clause);
boost::json::value json_of_clause(const regime::Clause& clause);

}  // namespace shouyue::cli
