#include <boost/json.hpp>

#include "app/play_demo.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {

Result<Exit> demo_command(app::Session& session, const Common& common, const DemoArguments& arguments) {
  SHOUYUE_CHECK(session.store.migrate());
  app::DemoRequest request;
  request.settings.policies = arguments.policies;
  request.settings.days = arguments.days;
  request.settings.seed = arguments.seed;
  request.folder = arguments.folder;
  const auto report = SHOUYUE_TRY(app::play_demo(session, request, [](const app::DemoProgress& progress) {
    print_note("第 " + std::to_string(progress.days_done) + "/" + std::to_string(progress.days) + " 天 " + progress.day.text() +
                   "：保单 " + std::to_string(progress.policies) + "，回访 " + std::to_string(progress.attempts),
               "day " + std::to_string(progress.days_done) + ": policies " + std::to_string(progress.policies) +
                   ", attempts " + std::to_string(progress.attempts) + ", ticket steps " +
                   std::to_string(progress.ticket_steps));
  }));
  const boost::json::object json{{"policies", report.done.policies}, {"attempts", report.done.attempts},
                                 {"ticket_steps", report.done.ticket_steps}, {"rejected", report.rejected},
                                 {"refused", report.refused}, {"ended_at", report.ended_at.text()},
                                 {"files", arguments.folder}};
  SHOUYUE_CHECK(print(common.json ? boost::json::serialize(json) + "\n"
                                  : "policies " + std::to_string(report.done.policies) + ", attempts " +
                                        std::to_string(report.done.attempts) + ", ended at " + report.ended_at.text() +
                                        ", files in " + arguments.folder + "\n"));
  return report.refused > 0 ? exit_rejected : exit_done;
}

}  // namespace shouyue::cli
