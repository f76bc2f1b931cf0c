#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shouyue {

// Writes one sheet as an XLSX workbook; the same rows give the same bytes. The first row stands in bold and stays in
// view. Source: ECMA-376 part 1; PKWARE APPNOTE 6.3.
class XlsxWriter {
 public:
  // `numeric`: for each column whether its cells are numbers (cells of another form stay text). Codes such as policy
  // numbers must be text: a spreadsheet rounds them to 15 digits.
  explicit XlsxWriter(std::string_view sheet_name, std::vector<bool> numeric = {});
  ~XlsxWriter();
  void row(std::span<const std::string> cells);
  // The file. Call once, last.
  std::string finish();

 private:
  class Archive;
  void cell(std::size_t column, std::string_view text);

  std::unique_ptr<Archive> archive_;
  std::string sheet_name_;
  std::vector<bool> numeric_;
  std::string pending_;  // text of the sheet not yet compressed
  std::int64_t rows_ = 0;
};

}  // namespace shouyue
