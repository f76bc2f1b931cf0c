// CSV in any encoding: read to the end within the memory of one row, the same however the bytes arrive, in UTF-8 only;
// what is written again reads the same.
#include <algorithm>
#include <string>
#include <vector>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "fuzz/input.hpp"

using namespace shouyue;

namespace {

struct Line {
  std::int64_t number = 0;
  std::vector<std::string> fields = {};
  std::string refused = {};
  bool operator==(const Line&) const = default;
};

// Hands out at most `piece` bytes at a time.
ByteSource in_pieces(std::string_view text, std::size_t piece) {
  return [text, piece](std::span<char> room) mutable -> Result<std::size_t> {
    const std::size_t size = std::min({piece, room.size(), text.size()});
    std::copy_n(text.data(), size, room.data());
    text.remove_prefix(size);
    return size;
  };
}

std::vector<Line> lines_of(ByteSource source, const CsvOptions& options, std::size_t lines_max) {
  CsvReader reader(std::move(source), options);
  std::vector<Line> lines;
  for (;;) {
    const auto row = reader.next();
    if (row && !*row) return lines;
    Line& line = lines.emplace_back(reader.line());
    if (row) {
      line.fields.assign((*row)->fields.begin(), (*row)->fields.end());
      ensure((*row)->line == reader.line(), "the row stands on another line than the reader says");
      ensure(!line.fields.empty(), "a row without fields");
      for (const std::string& field : line.fields) ensure(is_valid_utf8(field), "a field is not UTF-8");
    } else {
      ensure_is_told(row.error());
      line.refused = row.error().rule;
    }
    ensure(lines.size() == 1 || lines[lines.size() - 2].number < line.number || !line.refused.empty(),
           "the lines do not go up");
    ensure(lines.size() <= lines_max, "the reading does not end");
  }
}

void check_written_again(const std::vector<Line>& lines) {
  std::string text;
  std::vector<std::vector<std::string>> rows;
  for (const Line& line : lines) {
    if (!line.refused.empty()) continue;
    rows.push_back(line.fields);
    csv_write_row(text, std::vector<std::string_view>(line.fields.begin(), line.fields.end()));
  }
  // A byte order mark at the start of the file is not part of its first field.
  if (text.starts_with("\xEF\xBB\xBF")) return;
  const std::vector<Line> again = lines_of(
      bytes_of(text), {.encoding = Encoding::utf8, .delimiter = ',', .row_bytes_max = 1 << 24}, rows.size() + 1);
  ensure(again.size() == rows.size(), "rows written are not the rows read again");
  for (std::size_t i = 0; i < rows.size(); ++i)
    ensure(again[i].refused.empty() && again[i].fields == rows[i], "a row written reads as another one");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const std::size_t lines_max = size + 2;
  const std::vector<Line> lines = lines_of(bytes_of(text), {}, lines_max);
  ensure(lines == lines_of(in_pieces(text, 1 + size % 7), {}, lines_max), "the pieces in which bytes come change rows");
  check_written_again(lines);
  switch (size % 3) {  // one of the options an input, to try more inputs
    case 0: lines_of(bytes_of(text), {.encoding = Encoding::utf8, .delimiter = ';'}, lines_max); break;
    case 1: lines_of(bytes_of(text), {.encoding = Encoding::gb18030, .delimiter = '\t'}, lines_max); break;
    default: lines_of(in_pieces(text, 3), {.row_bytes_max = 16}, lines_max);
  }
  return 0;
}
