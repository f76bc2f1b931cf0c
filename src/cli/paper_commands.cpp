#include "app/papers.hpp"
#include "cli/commands.hpp"

namespace shouyue::cli {

Result<Exit> letter_command(app::Session& session, const Common&, const PaperArguments& arguments) {
  SHOUYUE_CHECK(app::write_letter(session, arguments.policy_no, arguments.out));
  return exit_done;
}

Result<Exit> door_visit_command(app::Session& session, const Common&, const PaperArguments& arguments) {
  SHOUYUE_CHECK(app::write_door_visit(session, arguments.policy_no, arguments.out));
  return exit_done;
}

}  // namespace shouyue::cli
