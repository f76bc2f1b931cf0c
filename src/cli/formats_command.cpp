#include "cli/commands.hpp"
#include "cli/format_text.hpp"

namespace shouyue::cli {

Result<Exit> formats_command() {
  SHOUYUE_CHECK(print(formats_text()));
  return exit_done;
}

}  // namespace shouyue::cli
