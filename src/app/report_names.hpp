#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "report/document.hpp"

namespace shouyue::app {

enum class ReportKind : std::uint8_t { month, failure_analysis, monthly_statistics, monthly_analysis, tickets, staff };

struct ReportName {
  ReportKind kind;
  std::string_view code;  // failure-analysis
  report::Text title;
  std::string deadline = {};  // the name under which rule books ask for it by a day, see report_deadlines.hpp
};
// Every report, in the order in which people are offered them.
std::span<const ReportName> report_names();
// Errors: report.unknown_kind.
Result<const ReportName*> report_name(std::string_view code);
const ReportName& report_name(ReportKind kind);

}  // namespace shouyue::app
