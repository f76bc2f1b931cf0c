#include <boost/json.hpp>

#include "app/failure_analysis.hpp"
#include "app/month_report.hpp"
#include "app/monthly_analysis.hpp"
#include "app/monthly_statistics.hpp"
#include "app/report_deadlines.hpp"
#include "app/report_workbook.hpp"
#include "app/staff_report.hpp"
#include "app/ticket_report.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

Result<report::Document> document_of(app::Session& session, const ReportArguments& arguments) {
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(arguments.period));
  const app::ReportRequest request{.period = period, .org_code = arguments.org};
  switch (arguments.kind) {
    case ReportKind::month: {
      const report::MonthReport figures = SHOUYUE_TRY(app::month_report(session, period));
      return report::month_document(figures);
    }
    case ReportKind::failure_analysis: return app::failure_analysis(session, request, arguments.regime);
    case ReportKind::monthly_statistics: return app::monthly_statistics(session, request);
    case ReportKind::monthly_analysis: return app::monthly_analysis(session, request);
    case ReportKind::tickets: return app::ticket_report(session, request);
    case ReportKind::staff: return app::staff_report(session, request);
  }
  throw Bug("unknown report");
}

// The leading figures: `转办件 Transferred cases: 4,617`.
std::string tiles_text(const report::Document& document) {
  std::string text;
  for (const report::Tile& tile : document.tiles) {
    const report::Text figure = report::shown(tile.figure);
    text +=
        tile.label.zh + " " + tile.label.en + ": " + figure.zh + (figure.zh == figure.en ? "" : " " + figure.en) + "\n";
  }
  return text;
}

}  // namespace

Result<Exit> report_command(app::Session& session, const Common& common, const ReportArguments& arguments) {
  const report::Document document = SHOUYUE_TRY(document_of(session, arguments));
  const auto language = arguments.language == "en" ? app::Language::english : app::Language::chinese;
  SHOUYUE_CHECK(app::write_report(document, language, arguments.out));
  // A monthly report that was made is noted as such.
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(arguments.period));
  if (arguments.kind == ReportKind::monthly_statistics)
    SHOUYUE_CHECK(app::note_report(session, "monthly_statistics", period));
  if (arguments.kind == ReportKind::monthly_analysis)
    SHOUYUE_CHECK(app::note_report(session, "monthly_analysis", period));
  if (common.json)
    SHOUYUE_CHECK(print(boost::json::serialize(boost::json::object{{"report", arguments.out}}) + "\n"));
  else
    SHOUYUE_CHECK(print(tiles_text(document)));
  return exit_done;
}

}  // namespace shouyue::cli
