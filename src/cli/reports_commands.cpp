#include <boost/json.hpp>

#include "app/report_deadlines.hpp"
#include "cli/clause_text.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

std::string_view standing_of(const app::ReportDeadline& report, Date today) {
  if (report.done_at) return report.is_late(today) ? "done_late" : "done";
  return report.is_late(today) ? "overdue" : "due";
}

std::vector<std::string> cells_of(const app::ReportDeadline& report, Date today) {
  return {report.name,
          report.period.text(),
          report.due_on.text(),
          std::string(standing_of(report, today)),
          report.done_at ? report.done_at->text() : "",
          report.clause->id};
}

boost::json::object json_of(const app::ReportDeadline& report, Date today) {
  return {{"report", report.name},
          {"period", report.period.text()},
          {"due_on", report.due_on.text()},
          {"standing", standing_of(report, today)},
          {"done_at", report.done_at ? report.done_at->text() : ""},
          {"rule", json_of_clause(*report.clause)}};
}

}  // namespace

Result<Exit> reports_due_command(app::Session& session, const Common& common, const ReportsArguments& arguments) {
  const app::ReportDeadlines deadlines = SHOUYUE_TRY(app::report_deadlines(session, arguments.all));
  const Date today = session.now.date();
  if (common.json) {
    boost::json::array list;
    for (const app::ReportDeadline& report : deadlines.reports) list.push_back(json_of(report, today));
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput out("");
  SHOUYUE_CHECK(out.row(std::vector<std::string>{"report", "period", "due_on", "standing", "done_at", "rule"}));
  for (const app::ReportDeadline& report : deadlines.reports) SHOUYUE_CHECK(out.row(cells_of(report, today)));
  SHOUYUE_CHECK(out.close());
  return exit_done;
}

Result<Exit> reports_done_command(app::Session& session, const Common&, const ReportsArguments& arguments) {
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(arguments.period));
  if (period != kpi::Period::month_of(period.from) || session.now.date() <= period.to)
    return refuse(Errc::invalid_input, "reports.not_ended", "'" + arguments.period + "' is not a month that has ended",
                  "“" + arguments.period + "”不是已结束的月份");
  SHOUYUE_CHECK(app::note_report(session, arguments.name, period));
  return exit_done;
}

}  // namespace shouyue::cli
