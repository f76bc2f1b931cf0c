#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store.hpp"

namespace shouyue::app {

enum class ImportState : std::uint8_t { running, done, cancelled, failed, interrupted };

// Rows that were taken in although something about them is odd.
struct ImportWarning {
  std::string rule;
  std::int64_t rows = 0, first_line = 0;
  std::string en, zh;
};

// One file on its way into the store: who brought it, what it was said to hold, what came of it.
struct ImportRun {
  std::int64_t id = 0;
  std::string kind;       // code of insurer::FileKind
  std::string file_name;  // as the sender calls it
  std::string digest;     // SHA-256
  std::int64_t bytes = 0;
  std::string who, org_code;  // the organisation of who brought it; empty: at the command line
  Instant began_at;
  std::optional<Instant> ended_at;
  ImportState state = ImportState::running;
  std::int64_t read = 0, accepted = 0, unchanged = 0, rejected = 0;  // rows so far
  std::optional<Money> premium_read;                                 // of all rows whose premium could be read
  std::optional<std::int64_t> expected_rows;                         // control totals, as the sender gave them
  std::optional<Money> expected_premium;
  std::vector<std::string> unknown_columns;
  std::vector<ImportWarning> warnings;
  std::string failure_rule, failure_en, failure_zh;  // why it failed
};

// What is wrong with one value of a row that was not taken in; personal data are masked.
struct RejectRow {
  std::int64_t n = 0;  // from 1 in the order of the file
  std::int64_t line = 0;
  std::string column, value, rule, en, zh;
};

// The files that were brought, with what was not taken in. Part of a store; the same errors and transactions.
class ImportStore {
 public:
  virtual ~ImportStore() = default;

  virtual Result<std::int64_t> add_import(const ImportRun& run) = 0;  // gives its number; that of `run` is not read
  virtual Result<void> put_import(const ImportRun& run) = 0;          // replaces
  virtual Result<std::optional<ImportRun>> import_run(std::int64_t id) = 0;
  // At most `limit` with a number below `before`, the newest first.
  virtual Result<std::vector<ImportRun>> imports(std::int64_t before, int limit) = 0;
  virtual Result<std::vector<ImportRun>> imports_of(const std::string& digest) = 0;  // the newest first
  // Those that are still said to run were broken off.
  virtual Result<void> interrupt_imports(Instant at) = 0;

  virtual Result<void> add_rejects(std::int64_t id, const std::vector<RejectRow>& rejects) = 0;
  // At most `limit` behind the `after`th.
  virtual Result<std::vector<RejectRow>> rejects(std::int64_t id, std::int64_t after, int limit) = 0;
};

}  // namespace shouyue::app
