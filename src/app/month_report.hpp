#pragma once

#include "app/session.hpp"
#include "kpi/period.hpp"
#include "report/month_report.hpp"

namespace shouyue::app {

// The figures of the month report, from the stored state as of the last run; attempts are those of `export attempts`.
// Errors: calendar.not_covered, those of PolicyDeriver::load, kpi and the store.
Result<report::MonthReport> month_report(Session& session, const kpi::Period& period);

}  // namespace shouyue::app
