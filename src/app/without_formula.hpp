#pragma once

#include <string>

namespace shouyue::app {

// A text that a spreadsheet would calculate with an apostrophe before it; numbers stay.
std::string without_formula(const std::string& cell);

}  // namespace shouyue::app
