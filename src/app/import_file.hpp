#pragma once

#include <filesystem>
#include <functional>
#include <map>

#include "access/account.hpp"
#include "app/session.hpp"
#include "base/encoding.hpp"
#include "insurer/formats.hpp"

namespace shouyue::app {

struct ImportReport;

struct ImportRequest {
  insurer::FileKind kind;
  std::filesystem::path path;
  std::optional<Encoding> encoding;                // empty: found out
  std::string name = {};                           // as the sender calls the file; empty: that of the path
  std::optional<std::int64_t> expected_rows = {};  // control totals of the sender
  std::optional<Money> expected_premium = {};
  std::optional<access::Account> by = {};  // whose scope it is; empty: the operator's, who may change everything
  // After each step, with what was done so far and about how many rows the file has (0: not known); false: stop.
  std::function<bool(const ImportReport& so_far, std::int64_t rows)> on_progress = {};
};

// Rows that were taken in although something about them is odd.
struct WarningCount {
  std::int64_t rows = 0;
  std::int64_t first_line = 0;
  std::string en, zh;
};

struct ImportReport {
  std::int64_t id = 0;  // in the history of imports
  std::int64_t read = 0, accepted = 0, unchanged = 0, rejected = 0;
  std::optional<Money> premium_read;  // of policies, of all rows whose premium could be read
  std::vector<std::string> unknown_columns;
  std::map<std::string, WarningCount> warnings;  // by rule
  std::filesystem::path rejects;                 // written when something was rejected
  bool is_stopped = false;                       // by on_progress
};

// Takes a file in, in steps of some ten thousand rows: after a failure or a kill the steps done stay, and the same file
// again does the rest. Rows that say what is already known change nothing. A rejected row is in `<path>.rejects.csv`.
// What was done is in the history, with the rejected rows masked.
// Errors: those of ImportSource; file.cannot_write, import.empty_file, import.missing_column, import.duplicate_column,
// access.whole_company (organisations, agents and products by a person of a branch), those of the store.
Result<ImportReport> import_file(Session& session, const ImportRequest& request);

}  // namespace shouyue::app
