#include "api/document_file.hpp"

#include <algorithm>

#include "api/download.hpp"
#include "api/noted_export.hpp"
#include "app/files.hpp"
#include "app/report_workbook.hpp"
#include "app/table_csv.hpp"

namespace shouyue::api {

std::int64_t rows_of(const report::Document& document, const std::string& format) {
  const auto count = [](const report::Table& table) {
    return std::ranges::count(table.rows, report::RowKind::plain, &report::Row::kind);
  };
  if (format == "csv") return count(document.sections.at(0).tables.at(0));
  std::int64_t rows = 0;
  for (const report::Section& section : document.sections)
    for (const report::Table& table : section.tables) rows += count(table);
  for (const report::Table& list : document.lists) rows += count(list);
  return rows;
}

bool wants_file(const Call& call) { return !call.request.target.parameter("format").empty(); }

Result<http::Response> file_of(const Call& call, const report::Document& document, const std::string& name) {
  const auto language =
      call.request.target.parameter("language") == "en" ? app::Language::english : app::Language::chinese;
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx", "html"}));
  SHOUYUE_CHECK(note_download(call, name, format, rows_of(document, format)));
  if (format == "html")
    return http::Response{.content_type = "text/html; charset=utf-8",
                          .body = report::page(document, language == app::Language::english)};
  return download(name + "." + format, [&](const std::filesystem::path& path) {
    if (format == "xlsx") return app::write_report_workbook(document, language, path);
    return app::write_file(path, app::table_csv(document.sections.at(0).tables.at(0), language));
  });
}

}  // namespace shouyue::api
