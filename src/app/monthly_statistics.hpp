#pragma once

#include "app/report_scope.hpp"

namespace shouyue::app {

// 月统计报表: of every office what was due, visited and successful, by leg and class, its tickets and questionnaires.
// Errors: those of ReportScope and period_figures.
Result<report::Document> monthly_statistics(Session& session, const ReportRequest& request);

}  // namespace shouyue::app
