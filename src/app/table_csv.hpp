#pragma once

#include <string>

#include "app/report_workbook.hpp"
#include "report/document.hpp"

namespace shouyue::app {

// The table as CSV in UTF-8 with a byte order mark, as spreadsheets in China expect it: the headings, then every row.
// Amounts are plain decimals without grouping; a text that a spreadsheet would calculate has an apostrophe before it.
std::string table_csv(const report::Table& table, Language language);

}  // namespace shouyue::app
