#pragma once

#include <filesystem>
#include <map>

#include "app/session.hpp"
#include "base/encoding.hpp"
#include "insurer/formats.hpp"

namespace shouyue::app {

struct ImportRequest {
  insurer::FileKind kind;
  std::filesystem::path path;
  std::optional<Encoding> encoding;  // empty: found out
};

// Rows that were taken in although something about them is odd.
struct WarningCount {
  std::int64_t rows = 0;
  std::int64_t first_line = 0;
  std::string en, zh;
};

struct ImportReport {
  std::int64_t read = 0, accepted = 0, unchanged = 0, rejected = 0;
  std::vector<std::string> unknown_columns;
  std::map<std::string, WarningCount> warnings;  // by rule
  std::filesystem::path rejects;                 // written when something was rejected
};

// Takes a file in, in steps of some ten thousand rows: after a failure or a kill the steps done stay, and the same file
// again does the rest. Rows that say what is already known change nothing. A rejected row is in `<path>.rejects.csv`.
// Errors: those of ImportSource; file.cannot_write, import.empty_file, import.missing_column, import.duplicate_column,
// those of the store.
Result<ImportReport> import_file(Session& session, const ImportRequest& request);

}  // namespace shouyue::app
