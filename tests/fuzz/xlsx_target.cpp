// Workbooks: whole archives, and, so that damage reaches the XML below the compression, the parts of one. An input that
// is no archive is the text of the sheet, behind a form feed that of the shared strings.
#include <string>
#include <vector>

#include "base/stored_zip.hpp"
#include "base/text.hpp"
#include "base/xlsx.hpp"
#include "fuzz/input.hpp"

using namespace shouyue;

namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t bytes_max = 64 << 20;  // of all cells: far above what inputs of some kilobytes should become

Rows rows_of(std::string_view file) {
  Rows rows;
  auto reader = XlsxReader::open(file);
  if (!reader) {
    ensure_is_told(reader.error());
    return {};
  }
  std::size_t bytes = 0;
  for (;;) {
    const auto row = reader->next();
    if (!row) {
      ensure_is_told(row.error());
      return rows;
    }
    if (!*row) return rows;
    rows.emplace_back((*row)->fields.begin(), (*row)->fields.end());
    ensure(!rows.back().empty(), "an empty row is given");
    for (const std::string& cell : rows.back()) {
      ensure(is_valid_utf8(cell), "a cell is not UTF-8");
      bytes += cell.size();
    }
    if (bytes > bytes_max) return {};
  }
}

std::string workbook_of(std::string_view text) {
  const std::size_t split = text.find('\f');
  std::vector<StoredFile> files = {
      {"xl/workbook.xml", R"(<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="r1" Target="sheet.xml"/></Relationships>)"},
      {"xl/sheet.xml", text.substr(0, split)}};
  if (split != std::string_view::npos) files.push_back({"xl/sharedStrings.xml", text.substr(split + 1)});
  return stored_zip(files);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  if (looks_like_xlsx(text))
    rows_of(text);
  else
    rows_of(workbook_of(text));
  plain_number(text);
  return 0;
}
