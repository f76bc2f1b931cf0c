#include <map>

#include <boost/json.hpp>

#include "app/flatten.hpp"
#include "app/receipts.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {
namespace {

std::vector<std::string> cells_of(const app::ReceiptTrouble& row) {
  const auto text = [](const std::optional<Date>& day) { return day ? day->text() : ""; };
  return {row.policy_no,
          row.agent_code,
          row.org_code,
          join(row.marks, ";"),
          text(row.standing.hand_in_by),
          text(row.standing.returned_on),
          text(row.standing.late_after),
          app::clause_ids(row.standing.rules)};
}

}  // namespace

Result<Exit> receipts_command(app::Session& session, const Common& common, const PolicyArguments& arguments) {
  const std::vector<std::string> columns{"policy_no",  "agent_code",  "org_code",   "marks",
                                         "hand_in_by", "returned_on", "late_after", "rules"};
  const app::ReceiptTroubles troubles = SHOUYUE_TRY(app::receipt_troubles(session, arguments.agent));
  std::map<std::string, int> counts;
  for (const app::ReceiptTrouble& row : troubles.receipts)
    for (const std::string& mark : row.marks) ++counts[mark];
  if (common.json) {
    boost::json::array list;
    for (const app::ReceiptTrouble& row : troubles.receipts) {
      boost::json::object object;
      const auto cells = cells_of(row);
      for (std::size_t i = 0; i < cells.size(); ++i) object[columns[i]] = cells[i];
      list.push_back(std::move(object));
    }
    boost::json::object totals;
    for (const auto& [mark, count] : counts) totals[mark] = count;
    SHOUYUE_CHECK(print(
        boost::json::serialize(boost::json::object{{"counts", std::move(totals)}, {"receipts", std::move(list)}}) +
        "\n"));
    return exit_done;
  }
  TableOutput out("");
  SHOUYUE_CHECK(out.row(columns));
  for (const app::ReceiptTrouble& row : troubles.receipts) SHOUYUE_CHECK(out.row(cells_of(row)));
  SHOUYUE_CHECK(out.close());
  std::string totals;
  for (const auto& [mark, count] : counts) totals += " " + mark + " " + std::to_string(count);
  print_note("回执：" + totals, "receipts:" + totals);
  return exit_done;
}

}  // namespace shouyue::cli
