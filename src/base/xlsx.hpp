#pragma once

#include <memory>

#include "base/csv.hpp"

namespace shouyue {

// True when the bytes begin like an XLSX workbook (a ZIP archive).
bool looks_like_xlsx(std::string_view first_bytes);

// Reads the rows of the first sheet of an XLSX workbook in memory, one at a time. Numbers come as the shortest text
// with at most 15 digits, as a spreadsheet shows them (13812341234, 6000.5); days and times as their numbers
// (44477.395833); truths as 1 and 0. Empty rows are left out. Source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared
// strings).
class XlsxReader {
 public:
  static constexpr std::uint64_t sheet_bytes_max = std::uint64_t{1} << 32;  // unpacked
  // `file` must outlive the reader. Errors: xlsx.not_a_workbook, xlsx.broken, xlsx.too_many_texts, those of ZipArchive.
  static Result<XlsxReader> open(std::string_view file, std::uint64_t bytes_max = sheet_bytes_max);
  XlsxReader(XlsxReader&&) noexcept;
  ~XlsxReader();
  // The next row; empty at the end. `line` is the number of the row in the sheet. After an error the reading is at its
  // end. Errors: xlsx.broken, xlsx.row_too_long (more than 1 MB of text, or 4 MB of XML),
  // xlsx.sheet_too_large, zip.broken.
  Result<std::optional<CsvRow>> next();

 private:
  class Sheet;
  explicit XlsxReader(std::unique_ptr<Sheet> sheet);
  std::unique_ptr<Sheet> sheet_;
};

// A number of a spreadsheet cell as plain decimal text; text of another form is given back as it is.
std::string plain_number(std::string_view text);

}  // namespace shouyue
