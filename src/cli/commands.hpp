#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session.hpp"
#include "cli/console.hpp"

// The commands, one function each: they call one use case and print what it gives.
namespace shouyue::cli {

struct Common {
  bool json = false;
};

struct ImportArguments {
  std::string kind;
  std::vector<std::string> files;
  std::string encoding = "auto";
};
struct ExportArguments {
  std::string what;
  std::string out;
  bool entries = false;
  bool unmasked = false;
};
struct WorklistArguments {
  std::string leg, seat;
  int limit = 50;
};
struct PolicyArguments {
  std::string policy_no;
  std::string what;
};
struct KpiArguments {
  std::string regime, period, by, level;
  std::string indicator, org, side;
};
struct RegimeArguments {
  std::vector<std::string> ids;
};
struct ClaimArguments {
  std::string policy_no, seat;
  std::int64_t fence = 0;
  int minutes = 30;
};
struct RebuildArguments {
  bool check = false;
};

Result<Exit> init_command(app::Session& session, const Common& common);
Result<Exit> import_command(app::Session& session, const Common& common, const ImportArguments& arguments);
Result<Exit> run_command(app::Session& session, const Common& common);
Result<Exit> export_command(app::Session& session, const Common& common, const ExportArguments& arguments);

}  // namespace shouyue::cli
