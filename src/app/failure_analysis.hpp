#pragma once

#include "app/report_scope.hpp"

namespace shouyue::app {

// What an analysis of a rule book counts: figures, what they are made of by office and channel, and the cases behind.
// Errors: regime.not_found; report.no_section (the book has no analysis); those of ReportScope and the store.
Result<report::Document> failure_analysis(Session& session, const ReportRequest& request, const std::string& regime);

}  // namespace shouyue::app
