#include "app/export_rows.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

Result<app::ExportKind> kind_of(const ExportArguments& arguments) {
  if (arguments.what == "cases") return app::ExportKind::cases;
  if (arguments.what == "attempts") return app::ExportKind::attempts;
  if (arguments.what == "tickets") return app::ExportKind::tickets;
  if (arguments.what == "commission")
    return arguments.entries ? app::ExportKind::commission_entries : app::ExportKind::commission;
  return refuse(Errc::invalid_input, "export.unknown_kind",
                "'" + arguments.what + "' is not one of: cases, attempts, tickets, commission, kpi",
                "“" + arguments.what + "”不是可导出的内容：cases、attempts、tickets、commission、kpi");
}

// One JSON array of objects, written row by row.
class JsonRows {
 public:
  explicit JsonRows(const std::vector<std::string>& columns) : columns_(columns) {}
  Result<void> row(const std::vector<std::string>& cells) {
    std::string text = is_first_ ? "[\n" : ",\n";
    is_first_ = false;
    for (std::size_t i = 0; i < cells.size(); ++i)
      text += (i == 0 ? "{" : ",") + json_text(columns_[i]) + ":" + json_text(cells[i]);
    return print(text + "}");
  }
  Result<void> close() { return print(is_first_ ? "[]\n" : "\n]\n"); }

 private:
  const std::vector<std::string>& columns_;
  bool is_first_ = true;
};

}  // namespace

Result<Exit> export_command(app::Session& session, const Common& common, const ExportArguments& arguments) {
  const app::ExportRequest request{.kind = SHOUYUE_TRY(kind_of(arguments)), .unmasked = arguments.unmasked};
  const auto& columns = app::export_columns(request.kind);
  if (common.json && arguments.out.empty()) {
    JsonRows rows(columns);
    SHOUYUE_CHECK(app::export_rows(session, request, [&](const auto& cells) { return rows.row(cells); }));
    SHOUYUE_CHECK(rows.close());
    return exit_done;
  }
  TableOutput out(arguments.out);
  SHOUYUE_CHECK(out.row(columns));
  SHOUYUE_CHECK(app::export_rows(session, request, [&](const auto& cells) { return out.row(cells); }));
  SHOUYUE_CHECK(out.close());
  return exit_done;
}

}  // namespace shouyue::cli
