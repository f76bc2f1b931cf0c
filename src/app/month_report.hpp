#pragma once

#include "app/report_scope.hpp"
#include "report/month_report.hpp"

namespace shouyue::app {

// The figures of the month report, from the stored state as of the last run; attempts are those of `export attempts`.
// The scorecard is that of head office and the branches; of one office its own.
// Errors: calendar.not_covered, those of ReportScope, kpi and the store.
Result<report::MonthReport> month_report(Session& session, const ReportRequest& request);

}  // namespace shouyue::app
