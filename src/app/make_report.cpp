#include "app/make_report.hpp"

#include "app/failure_analysis.hpp"
#include "app/month_report.hpp"
#include "app/monthly_analysis.hpp"
#include "app/monthly_statistics.hpp"
#include "app/staff_report.hpp"
#include "app/ticket_report.hpp"

namespace shouyue::app {

Result<report::Document> make_report(Session& session, ReportKind kind, const ReportRequest& request,
                                     const std::string& regime) {
  switch (kind) {
    case ReportKind::month: {
      const report::MonthReport figures = SHOUYUE_TRY(month_report(session, request));
      return report::month_document(figures);
    }
    case ReportKind::failure_analysis: return failure_analysis(session, request, regime);
    case ReportKind::monthly_statistics: return monthly_statistics(session, request);
    case ReportKind::monthly_analysis: return monthly_analysis(session, request);
    case ReportKind::tickets: return ticket_report(session, request);
    case ReportKind::staff: return staff_report(session, request);
  }
  throw Bug("unknown report");
}

}  // namespace shouyue::app
