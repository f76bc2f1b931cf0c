#include <boost/json.hpp>

#include "app/make_report.hpp"
#include "app/report_deadlines.hpp"
#include "app/report_workbook.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

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
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(arguments.period));
  const app::ReportRequest request{.period = period, .org_code = arguments.org};
  const report::Document document = SHOUYUE_TRY(app::make_report(session, arguments.kind, request, arguments.regime));
  const auto language = arguments.language == "en" ? app::Language::english : app::Language::chinese;
  SHOUYUE_CHECK(app::write_report(document, language, arguments.out));
  // A monthly report that was made is noted as such.
  const std::string& deadline = app::report_name(arguments.kind).deadline;
  if (!deadline.empty()) SHOUYUE_CHECK(app::note_report(session, deadline, period));
  if (common.json)
    SHOUYUE_CHECK(print(boost::json::serialize(boost::json::object{{"report", arguments.out}}) + "\n"));
  else
    SHOUYUE_CHECK(print(tiles_text(document)));
  return exit_done;
}

}  // namespace shouyue::cli
