#pragma once

#include <string>

#include "report/document.hpp"

namespace shouyue::api {

// A report as JSON, from the same document as its page and its workbook: every figure as it is shown and, where it is
// a number, exact. Of each list (the cases behind the figures) the first `list_rows_max` rows and how many there are.
constexpr std::size_t list_rows_max = 200;
std::string report_json(const report::Document& document);

}  // namespace shouyue::api
