#include <boost/json.hpp>

#include "app/what_if.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

const std::vector<std::string>& columns() {
  static const std::vector<std::string> names{"policy_no", "agent_code", "status_now", "status_then",
                                              "month",     "payable",    "reasons"};
  return names;
}

std::vector<std::string> cells_of(const app::WhatIfRow& row) {
  return {row.policy_no,
          row.agent_code,
          std::string(code_of(row.status_now)),
          std::string(code_of(row.status_then)),
          row.month,
          row.payable.yuan(),
          row.reasons};
}

}  // namespace

Result<Exit> what_if_command(app::Session& session, const Common& common, const WhatIfArguments& arguments) {
  const Date on = SHOUYUE_TRY(Date::parse(arguments.on));
  const auto rows = SHOUYUE_TRY(app::what_if(
      session,
      {.on = on, .receipt = arguments.receipt, .follow_up = arguments.follow_up, .agent_code = arguments.agent}));
  if (common.json) {
    boost::json::array list;
    for (const app::WhatIfRow& row : rows) {
      const auto cells = cells_of(row);
      boost::json::object object;
      for (std::size_t i = 0; i < cells.size(); ++i) object[columns()[i]] = cells[i];
      list.push_back(std::move(object));
    }
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput output("");
  SHOUYUE_CHECK(output.row(columns()));
  for (const app::WhatIfRow& row : rows) SHOUYUE_CHECK(output.row(cells_of(row)));
  SHOUYUE_CHECK(output.close());
  return exit_done;
}

}  // namespace shouyue::cli
