#include "app/report_names.hpp"

#include <algorithm>
#include <array>

namespace shouyue::app {

std::span<const ReportName> report_names() {
  static const std::array<ReportName, 6> names{{
      {ReportKind::month, "month", {"月报", "The month report"}},
      {ReportKind::failure_analysis, "failure-analysis", {"首访不成功与补访分析", "Visits that failed"}},
      {ReportKind::monthly_statistics,
       "monthly-statistics",
       {"统计月报表", "Monthly statistics of every office"},
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

}  // namespace shouyue::app
