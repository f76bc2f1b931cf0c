#include <boost/json.hpp>

#include "app/run.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {

Result<Exit> init_command(app::Session& session, const Common& common) {
  const bool changed = SHOUYUE_TRY(session.store.migrate());
  if (common.json)
    SHOUYUE_CHECK(print(boost::json::serialize(boost::json::object{{"changed", changed}}) + "\n"));
  else
    print_note(changed ? "数据库已就绪" : "数据库已是最新，无需改动",
               changed ? "the database is ready" : "nothing to do");
  return exit_done;
}

Result<Exit> run_command(app::Session& session, const Common& common) {
  const app::RunReport report = SHOUYUE_TRY(app::run(session));
  for (const auto& [rule, count] : report.refusals)
    print_note(rule + "：" + std::to_string(count) + " 件无法推导，详见 shouyue case",
               std::to_string(count) + " policies could not be derived; see `shouyue case`");
  if (common.json) {
    boost::json::object refusals;
    for (const auto& [rule, count] : report.refusals) refusals[rule] = count;
    SHOUYUE_CHECK(print(boost::json::serialize(boost::json::object{{"now", session.now.text()},
                                                                   {"derived", report.derived},
                                                                   {"refused", report.refused},
                                                                   {"settlements", report.settlements},
                                                                   {"refusals", std::move(refusals)}}) +
                        "\n"));
  } else {
    SHOUYUE_CHECK(print("derived " + std::to_string(report.derived) + ", refused " + std::to_string(report.refused) +
                        ", settlements " + std::to_string(report.settlements) + "\n"));
  }
  return report.refused > 0 ? exit_rejected : exit_done;
}

}  // namespace shouyue::cli
