#include "app/make_report.hpp"

#include <algorithm>
#include <array>

#include "app/failure_analysis.hpp"
#include "app/month_report.hpp"
#include "app/monthly_analysis.hpp"
#include "app/monthly_statistics.hpp"
#include "app/staff_report.hpp"
#include "app/ticket_report.hpp"

namespace shouyue::app {

std::span<const ReportName> report_names() {
  static const std::array<ReportName, 6> names{{
      {ReportKind::month, "month", {"月报", "The month report"}},
      {ReportKind::failure_analysis, "failure-analysis", {"首访不成功与补访分析", "Visits that failed"}},
      {ReportKind::monthly_statistics,
       "monthly-statistics",
       {"月统计报表", "Monthly statistics of every office"},
       "monthly_statistics"},
      {ReportKind::monthly_analysis,
       "monthly-analysis",
       {"月度分析报告", "The month against the one before"},
       "monthly_analysis"},
      {ReportKind::tickets, "tickets", {"工单清单", "Tickets and their timeliness"}},
      {ReportKind::staff, "staff", {"回访人员指标", "Attempts of every operator"}},
  }};
  return names;
}

Result<const ReportName*> report_name(std::string_view code) {
  const auto found = std::ranges::find(report_names(), code, &ReportName::code);
  if (found != report_names().end()) return &*found;
  std::string known;
  for (const ReportName& name : report_names()) known += (known.empty() ? "" : ", ") + std::string(name.code);
  return refuse(Errc::not_found, "report.unknown_kind",
                "'" + std::string(code) + "' is not a report; the reports are " + known,
                "没有报表“" + std::string(code) + "”，可用：" + known);
}

const ReportName& report_name(ReportKind kind) { return *std::ranges::find(report_names(), kind, &ReportName::kind); }

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
