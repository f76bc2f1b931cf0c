#pragma once

#include "app/report_scope.hpp"

namespace shouyue::app {

// 回访人员指标: of every operator the attempts of the period, their length and what came of them.
// Errors: those of ReportScope.
Result<report::Document> staff_report(Session& session, const ReportRequest& request);

}  // namespace shouyue::app
