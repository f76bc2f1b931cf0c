#pragma once

#include <filesystem>

#include "base/error.hpp"
#include "report/document.hpp"

namespace shouyue::app {

// The languages in which a sheet, unlike a page, must choose.
enum class Language : std::uint8_t { chinese, english };

// The document as a workbook: the report on the first sheet, each list on a sheet of its own. Numbers are numbers.
// Errors: those of Workbook::close.
Result<void> write_report_workbook(const report::Document& document, Language language,
                                   const std::filesystem::path& out);

// The document as a page or a workbook, as the name of the file says.
// Errors: report.file_kind (neither .html nor .xlsx); file.cannot_write; those of Workbook::close.
Result<void> write_report(const report::Document& document, Language language, const std::filesystem::path& out);

}  // namespace shouyue::app
