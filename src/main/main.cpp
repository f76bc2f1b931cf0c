#include <csignal>
#include <cstdlib>
#include <filesystem>

#include <time.h>

#include "cli/command_line.hpp"
#include "store/copy.hpp"
#include "store/open.hpp"

namespace {

namespace fs = std::filesystem;
using namespace shouyue;

std::string variable(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? value : otherwise;
}

bool holds_rule_books(const fs::path& folder) {
  return fs::is_directory(folder / "regimes") && fs::is_directory(folder / "data" / "holiday");
}

// SHOUYUE_HOME, else the source tree or the installation that the program lies in.
fs::path find_home() {
  if (const std::string home = variable("SHOUYUE_HOME", ""); !home.empty()) return home;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (fs::path folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path())
    for (const fs::path& home : {folder, folder / "share" / "shouyue"})
      if (holds_rule_books(home)) return home;
  return "/usr/share/shouyue";
}

// Beside the program, where the build leaves them, or of the installation; empty when nowhere.
fs::path find_pages(const fs::path& home) {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (const fs::path& folder : {program.parent_path(), home})
    if (fs::is_regular_file(folder / "pages" / "index.html")) return folder / "pages";
  return {};
}

Instant clock_now() {
  timespec at{};
  clock_gettime(CLOCK_REALTIME, &at);
  return Instant::from_milliseconds(std::int64_t{at.tv_sec} * 1000 + at.tv_nsec / 1'000'000);
}

}  // namespace

int main(int argc, char** argv) {
  // A full disk or a closed pipe shall be an error that is reported, not a signal that kills.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  const fs::path home = find_home();
  return cli::run_command_line(argc, argv,
                               {.database = variable("SHOUYUE_DB", "sqlite:shouyue.db"),
                                .key = variable("SHOUYUE_KEY", ""),
                                .home = home,
                                .pages = find_pages(home),
                                .who = variable("USER", "unknown"),
                                .clock = clock_now,
                                .open_store = store::open,
                                .copy = store::copy});
}
