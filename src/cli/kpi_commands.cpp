#include <algorithm>

#include <boost/json.hpp>

#include "app/kpi_figures.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

const std::vector<std::string> columns{"regime",  "indicator",    "period",     "org_code",    "level",
                                       "channel", "product_type", "numerator",  "denominator", "excluded",
                                       "value",   "score",        "full_score", "rules"};

template <class Enum>
std::string word_of(const std::optional<Enum>& value) {
  return value ? std::string(code_of(*value)) : "";
}

std::vector<std::string> cells_of(const std::string& regime, const app::KpiFigure& figure) {
  return {regime,
          figure.indicator,
          figure.period,
          figure.org_code,
          word_of(figure.level),
          word_of(figure.channel),
          word_of(figure.product_type),
          std::to_string(figure.numerator),
          std::to_string(figure.denominator),
          std::to_string(figure.excluded),
          figure.value ? figure.value->text(6) : "",
          figure.score,
          figure.full_score,
          figure.rules};
}

Result<void> split_by(const std::string& by, app::KpiRequest& request) {
  if (by.empty()) return {};
  for (const std::string_view word : split(by, ',')) {
    if (word == "org")
      request.by_organisation = true;
    else if (word == "channel")
      request.by_channel = true;
    else if (word == "product_type")
      request.by_product_type = true;
    else
      return refuse(Errc::invalid_input, "kpi.unknown_dimension",
                    "'" + std::string(word) + "' is not one of: org, channel, product_type",
                    "“" + std::string(word) + "”不在可用维度之列：org、channel、product_type");
  }
  return {};
}

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
  SHOUYUE_CHECK(split_by(arguments.by, request));
  if (!arguments.level.empty()) {
    request.level = insurer::from_word<insurer::Level>(arguments.level);
    if (!request.level)
      return refuse(Errc::invalid_input, "kpi.unknown_level",
                    "'" + arguments.level + "' is not a level of organisations",
                    "“" + arguments.level + "”不是机构层级");
  }
  const app::KpiReport report = SHOUYUE_TRY(app::kpi_figures(session, request));
  if (common.json && arguments.out.empty()) {
    boost::json::array list;
    for (const app::KpiFigure& figure : report.figures) {
      const auto cells = cells_of(arguments.regime, figure);
      boost::json::object row;
      for (std::size_t i = 0; i < columns.size(); ++i) row[columns[i]] = cells[i];
      row["numerator"] = figure.numerator;
      row["denominator"] = figure.denominator;
      row["excluded"] = figure.excluded;
      list.push_back(std::move(row));
    }
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput out(arguments.out);
  SHOUYUE_CHECK(out.row(columns));
  for (const app::KpiFigure& figure : report.figures) SHOUYUE_CHECK(out.row(cells_of(arguments.regime, figure)));
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
