#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/table_file.hpp"
#include "base/error.hpp"

// What the program says: results on standard output, messages in both languages on standard error.
namespace shouyue::cli {

// Exit statuses that other programs rely on.
enum Exit : int { exit_done = 0, exit_refused = 1, exit_usage = 2, exit_rejected = 3, exit_environment = 4 };

Exit exit_of(const Error& error);

// `shouyue: import.missing_column: 首行应为列名 … / the first row must …`
void print_error(const Error& error);
void print_note(std::string_view zh, std::string_view en);

// Writes to standard output. Errors: output.cannot_write.
Result<void> print(std::string_view text);

// A table, its headings first: CSV on standard output, or a file.
class TableOutput {
 public:
  explicit TableOutput(const std::string& path);  // empty: standard output
  Result<void> row(std::span<const std::string> cells);
  // Errors: output.cannot_write, those of app::TableFile::close.
  Result<void> close();

 private:
  std::unique_ptr<app::TableFile> file_;
  std::string text_;
  std::vector<std::string_view> views_;
};

// JSON text pieces, for documents that are written row by row.
std::string json_text(std::string_view text);

}  // namespace shouyue::cli
