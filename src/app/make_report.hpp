#pragma once

#include "app/report_names.hpp"
#include "app/report_scope.hpp"

namespace shouyue::app {

// `regime`: of a failure analysis the rule book whose [analysis] is counted.
// Errors: those of month_report, failure_analysis, monthly_statistics, monthly_analysis, ticket_report, staff_report.
Result<report::Document> make_report(Session& session, ReportKind kind, const ReportRequest& request,
                                     const std::string& regime = "failure-analysis");

}  // namespace shouyue::app
