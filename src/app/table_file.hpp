#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/workbook.hpp"
#include "base/error.hpp"

namespace shouyue::app {

// Who reads a CSV file: another program, which gets the cells as they are, or a person with a spreadsheet, which needs
// the byte order mark to see UTF-8 and must not take a text for a formula.
enum class CsvReading : std::uint8_t { program, spreadsheet };

// A table of any length, its headings first, as a file that appears when it is complete: an XLSX workbook when its name
// ends so, else CSV.
class TableFile {
 public:
  explicit TableFile(std::filesystem::path path, CsvReading reading = CsvReading::program);
  ~TableFile();
  void row(std::span<const std::string> cells);
  // Errors: file.cannot_write; those of Workbook::close.
  Result<void> close();

 private:
  void row_of_workbook(std::span<const std::string> cells);
  void row_of_csv(std::span<const std::string> cells);

  std::filesystem::path path_, beside_;
  CsvReading reading_;
  std::ofstream csv_;
  std::string text_;  // of the row
  std::vector<std::string> safe_;
  std::vector<std::string_view> views_;
  std::unique_ptr<Workbook> workbook_;
  std::vector<bool> numeric_;  // columns of the workbook
  std::uint32_t rows_ = 0;
};

}  // namespace shouyue::app
