#pragma once

#include "app/report_scope.hpp"

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

// `regime`: of a failure analysis the rule book whose [analysis] is counted.
// Errors: those of month_report, failure_analysis, monthly_statistics, monthly_analysis, ticket_report, staff_report.
Result<report::Document> make_report(Session& session, ReportKind kind, const ReportRequest& request,
                                     const std::string& regime = "failure-analysis");

}  // namespace shouyue::app
