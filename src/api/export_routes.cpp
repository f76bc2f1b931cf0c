#include "api/export_routes.hpp"

#include <functional>

#include "api/download.hpp"
#include "api/noted_export.hpp"
#include "app/export_rows.hpp"
#include "app/kpi_table.hpp"
#include "app/scope.hpp"
#include "app/table_file.hpp"

namespace shouyue::api {
namespace {

// Writes the rows that `each` gives, notes the download, and answers with the file.
Result<http::Response> table_answer(Call& call, const std::string& name, const std::vector<std::string>& columns,
                                    const std::function<Result<void>(const app::RowSink& sink)>& each) {
  std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx"}));
  if (format.empty()) format = "csv";
  std::int64_t rows = 0;
  const std::string file_name = name + "-" + call.session.now.date().text() + "." + format;
  const auto add = [&](app::TableFile& file, const std::vector<std::string>& cells) -> Result<void> {
    file.row(cells);
    ++rows;
    return {};
  };
  const auto write = [&](const std::filesystem::path& path) -> Result<void> {
    app::TableFile file(path, app::CsvReading::spreadsheet);
    file.row(columns);
    SHOUYUE_CHECK(each(std::bind_front(add, std::ref(file))));
    return file.close();
  };
  auto response = SHOUYUE_TRY(download(file_name, write));
  SHOUYUE_CHECK(note_download(call, name, format, rows));
  return response;
}

Result<http::Response> state_answer(Call& call, const std::string& name, app::ExportKind kind) {
  const Date today = call.session.now.date();
  access::Account account = call.person->account;
  account.org_code = SHOUYUE_TRY(app::organisation_asked(
      account, call.deriver.directory(), std::string(call.request.target.parameter("org_code")), today));
  const app::ExportRequest request{.kind = kind,
                                   .holds = app::organisations_held(account, call.deriver.directory(), today)};
  return table_answer(call, name, app::export_columns(kind),
                      [&](const app::RowSink& sink) { return app::export_rows(call.session, request, sink); });
}

}  // namespace

Result<http::Response> export_cases(Call& call) { return state_answer(call, "cases", app::ExportKind::cases); }
Result<http::Response> export_attempts(Call& call) { return state_answer(call, "attempts", app::ExportKind::attempts); }
Result<http::Response> export_tickets(Call& call) { return state_answer(call, "tickets", app::ExportKind::tickets); }
Result<http::Response> export_commission(Call& call) {
  return state_answer(call, "commission", app::ExportKind::commission);
}
Result<http::Response> export_commission_entries(Call& call) {
  return state_answer(call, "commission-entries", app::ExportKind::commission_entries);
}

Result<http::Response> export_kpi(Call& call) {
  const http::Target& target = call.request.target;
  app::KpiRequest request{.regime = std::string(target.parameter("regime")),
                          .period = std::string(target.parameter("period")),
                          .level = SHOUYUE_TRY(app::level_of(std::string(target.parameter("level"))))};
  SHOUYUE_CHECK(app::split_by(std::string(target.parameter("by")), request));
  const auto holds = app::organisations_held(call.person->account, call.deriver.directory(), call.session.now.date());
  request.by_organisation = request.by_organisation || holds;
  const app::KpiReport report = SHOUYUE_TRY(app::kpi_figures(call.session, request));
  return table_answer(call, "kpi", app::kpi_columns(), [&](const app::RowSink& sink) -> Result<void> {
    for (const app::KpiFigure& figure : report.figures)
      if (!holds || holds(figure.org_code)) SHOUYUE_CHECK(sink(app::cells_of(request.regime, figure)));
    return {};
  });
}

}  // namespace shouyue::api
