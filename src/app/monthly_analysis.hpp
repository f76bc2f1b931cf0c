#pragma once

#include "app/report_scope.hpp"

namespace shouyue::app {

// 月度分析报告: the period against the one before it, why holders were not reached, offices by success, overdue
// tickets. Errors: those of ReportScope and period_figures.
Result<report::Document> monthly_analysis(Session& session, const ReportRequest& request);

}  // namespace shouyue::app
