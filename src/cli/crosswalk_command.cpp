#include <boost/json.hpp>

#include "cli/commands.hpp"
#include "regime/crosswalk.hpp"

namespace shouyue::cli {

Result<Exit> regime_crosswalk_command(const app::Home& home, const Common& common, const RegimeArguments& arguments) {
  const auto book = SHOUYUE_TRY(app::load_rule_book(home, arguments.ids[0]));
  const auto other = SHOUYUE_TRY(app::load_rule_book(home, arguments.ids[1]));
  const regime::Crosswalk* crosswalk = regime::find_crosswalk(*book, other->id);
  if (!crosswalk)
    return refuse(Errc::not_found, "regime.no_crosswalk",
                  "'" + book->id + "' has no [crosswalk." + other->id + "]; it may stand in the other book",
                  "“" + book->id + "”没有 [crosswalk." + other->id + "]，也可能写在另一制度中");
  const auto rows = regime::crosswalk_rows(*book, *crosswalk, *other);
  if (common.json) {
    boost::json::array list;
    for (const regime::CrosswalkRow& row : rows)
      list.push_back(boost::json::object{{"list", row.list}, {book->id, row.here}, {other->id, row.there}});
    SHOUYUE_CHECK(print(boost::json::serialize(list) + "\n"));
    return exit_done;
  }
  TableOutput out("");
  SHOUYUE_CHECK(out.row(std::vector<std::string>{"list", book->id, other->id}));
  for (const regime::CrosswalkRow& row : rows)
    SHOUYUE_CHECK(out.row(std::vector<std::string>{row.list, row.here, row.there}));
  SHOUYUE_CHECK(out.close());
  return exit_done;
}

}  // namespace shouyue::cli
