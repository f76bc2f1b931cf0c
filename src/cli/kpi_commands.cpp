#include <algorithm>

#include <boost/json.hpp>

#include "app/kpi_table.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

Result<void> require(const std::string& value, const char* option) {
  if (!value.empty()) return {};
  return refuse(Errc::invalid_input, "kpi.missing_option", std::string("the option ") + option + " is needed",
                std::string("缺少选项 ") + option);
}

Result<kpi::Side> side_of(const std::string& word) {
  if (word == "numerator") return kpi::Side::numerator;
  if (word == "denominator") return kpi::Side::denominator;
  if (word == "excluded") return kpi::Side::excluded;
  return refuse(Errc::invalid_input, "kpi.unknown_side",
                "'" + word + "' is not one of: numerator, denominator, excluded",
                "“" + word + "”应为 numerator、denominator 或 excluded");
}

}  // namespace

Result<Exit> kpi_command(app::Session& session, const Common& common, const KpiArguments& arguments) {
  SHOUYUE_CHECK(require(arguments.regime, "--regime"));
  SHOUYUE_CHECK(require(arguments.period, "--period"));
  app::KpiRequest request{.regime = arguments.regime, .period = arguments.period, .level = {}};
  SHOUYUE_CHECK(app::split_by(arguments.by, request));
  request.level = SHOUYUE_TRY(app::level_of(arguments.level));
  const app::KpiReport report = SHOUYUE_TRY(app::kpi_figures(session, request));
  if (common.json && arguments.out.empty()) {
    boost::json::array list;
    for (const app::KpiFigure& figure : report.figures) {
      const auto cells = app::cells_of(arguments.regime, figure);
      boost::json::object row;
      for (std::size_t i = 0; i < cells.size(); ++i) row[app::kpi_columns()[i]] = cells[i];
      row["numerator"] = figure.numerator;
      row["denominator"] = figure.denominator;
      row["excluded"] = figure.excluded;
      list.push_back(std::move(row));
    }
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput out(arguments.out);
  SHOUYUE_CHECK(out.row(app::kpi_columns()));
  for (const app::KpiFigure& figure : report.figures) SHOUYUE_CHECK(out.row(app::cells_of(arguments.regime, figure)));
  SHOUYUE_CHECK(out.close());
  return exit_done;
}

Result<Exit> kpi_cases_command(app::Session& session, const Common& common, const KpiArguments& arguments) {
  SHOUYUE_CHECK(require(arguments.regime, "--regime"));
  SHOUYUE_CHECK(require(arguments.period, "--period"));
  const kpi::Side side = SHOUYUE_TRY(side_of(arguments.side));
  const auto cases = SHOUYUE_TRY(app::kpi_cases(session, {.regime = arguments.regime,
                                                          .period = arguments.period,
                                                          .indicator = arguments.indicator,
                                                          .org_code = arguments.org,
                                                          .side = side}));
  if (common.json) {
    boost::json::array list;
    for (const app::KpiCase& one : cases)
      list.push_back(boost::json::object{{"policy_no", one.policy_no}, {"ticket_id", one.ticket_id}});
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput out("");
  SHOUYUE_CHECK(out.row(std::vector<std::string>{"policy_no", "ticket_id"}));
  for (const app::KpiCase& one : cases) SHOUYUE_CHECK(out.row(std::vector<std::string>{one.policy_no, one.ticket_id}));
  SHOUYUE_CHECK(out.close());
  return exit_done;
}

}  // namespace shouyue::cli
