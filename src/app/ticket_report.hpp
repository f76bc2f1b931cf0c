#pragma once

#include "app/report_scope.hpp"

namespace shouyue::app {

// 工单清单: the tickets opened in the period with their timeliness, by office and kind, and each of them.
// Errors: those of ReportScope and the store; calendar.not_covered.
Result<report::Document> ticket_report(Session& session, const ReportRequest& request);

}  // namespace shouyue::app
