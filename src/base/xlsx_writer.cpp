#include "base/xlsx_writer.hpp"

#include <algorithm>
#include <array>

#include <zlib.h>

#include "base/error.hpp"

namespace shouyue {
namespace {

constexpr std::size_t compress_bytes = 1 << 16;
constexpr std::uint32_t day_1980 = 0x21 << 16;  // 1980-01-01 00:00, the first that the format knows

void append_number(std::string& out, std::uint32_t value, int size) {
  for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default:
        // Other control characters may not stand in XML at all.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
}

std::string column_name(std::size_t column) {
  std::string name;
  for (++column; column > 0; column = (column - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  return name;
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  return text.size() <= 15 && digits(text.substr(0, point)) && (point == text.size() || digits(text.substr(point + 1)));
}

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view main_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view content_types =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" )"
    R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" )"
    R"(ContentType="application/xml"/><Override PartName="/xl/workbook.xml" )"
    R"(ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>)"
    R"(<Override PartName="/xl/styles.xml" )"
    R"(ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>)"
    R"(<Override PartName="/xl/worksheets/sheet1.xml" )"
    R"(ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)";
constexpr std::string_view package_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" )"
    R"(Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" )"
    R"(Target="xl/workbook.xml"/></Relationships>)";
constexpr std::string_view workbook_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" )"
    R"(Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" )"
    R"(Target="worksheets/sheet1.xml"/><Relationship Id="rId2" )"
    R"(Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>)"
    R"(</Relationships>)";
constexpr std::string_view styles =
    R"(<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>)"
    R"(<name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>)"
    R"(<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">)"
    R"(<xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>)";

}  // namespace

// A ZIP archive that is written one file after the other.
class XlsxWriter::Archive {
 public:
  void start(std::string name) {
    entry_ = {.name = std::move(name),
              .offset = bytes_.size(),
              .packed_from = 0,
              .size = 0,
              .checksum = crc32(0, nullptr, 0)};
    append_local_header(entry_, 0);
    entry_.packed_from = bytes_.size();
    stream_ = {};
    ensure(deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK,
           "the compressor cannot start");
  }
  void add(std::string_view text, bool is_last = false) {
    entry_.size += text.size();
    entry_.checksum =
        crc32(entry_.checksum, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    std::array<Bytef, compress_bytes> room;
    do {
      stream_.next_out = room.data();
      stream_.avail_out = room.size();
      deflate(&stream_, is_last ? Z_FINISH : Z_NO_FLUSH);
      bytes_.append(reinterpret_cast<const char*>(room.data()), room.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }
  void end() {
    add("", true);
    deflateEnd(&stream_);
    const std::size_t packed = bytes_.size() - entry_.packed_from;
    std::string header;
    std::swap(header, bytes_);
    append_local_header(entry_, packed);
    header.replace(entry_.offset, bytes_.size(), bytes_);
    bytes_ = std::move(header);
    append_central_header(packed);
  }
  void add_file(std::string name, std::string_view text) {
    start(std::move(name));
    add(text);
    end();
  }
  std::string finish() {
    const std::size_t directory = bytes_.size();
    bytes_ += central_;
    bytes_ += std::string_view("PK\5\6\0\0\0\0", 8);
    append_number(bytes_, entries_, 2);
    append_number(bytes_, entries_, 2);
    append_number(bytes_, static_cast<std::uint32_t>(central_.size()), 4);
    append_number(bytes_, static_cast<std::uint32_t>(directory), 4);
    append_number(bytes_, 0, 2);
    return std::move(bytes_);
  }

 private:
  struct Entry {
    std::string name;
    std::size_t offset = 0, packed_from = 0, size = 0;
    std::uint64_t checksum = 0;
  };
  static void append_sizes(std::string& out, const Entry& entry, std::size_t packed) {
    append_number(out, 8, 2);  // deflated
    append_number(out, day_1980, 4);
    append_number(out, static_cast<std::uint32_t>(entry.checksum), 4);
    append_number(out, static_cast<std::uint32_t>(packed), 4);
    append_number(out, static_cast<std::uint32_t>(entry.size), 4);
    append_number(out, static_cast<std::uint32_t>(entry.name.size()), 2);
    append_number(out, 0, 2);
  }
  void append_local_header(const Entry& entry, std::size_t packed) {
    bytes_ += std::string_view("PK\3\4\x14\0\0\0", 8);
    append_sizes(bytes_, entry, packed);
    bytes_ += entry.name;
  }
  void append_central_header(std::size_t packed) {
    central_ += std::string_view("PK\1\2\x14\0\x14\0\0\0", 10);
    append_sizes(central_, entry_, packed);
    central_.append(10, '\0');  // comment length, disk, attributes
    append_number(central_, static_cast<std::uint32_t>(entry_.offset), 4);
    central_ += entry_.name;
    ++entries_;
  }

  std::string bytes_, central_;
  std::uint32_t entries_ = 0;
  Entry entry_;
  z_stream stream_{};
};

XlsxWriter::XlsxWriter(std::string_view sheet_name, std::vector<bool> numeric)
    : archive_(std::make_unique<Archive>()), sheet_name_(sheet_name), numeric_(std::move(numeric)) {
  archive_->start("xl/worksheets/sheet1.xml");
  pending_ =
      std::string(xml_head) + "<worksheet xmlns=\"" + std::string(main_space) +
      "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
      "state=\"frozen\"/></sheetView></sheetViews><sheetData>";
}

XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::cell(std::size_t column, std::string_view text) {
  if (text.empty()) return;
  const bool is_heading = rows_ == 1;
  pending_ += "<c r=\"" + column_name(column) + std::to_string(rows_) + (is_heading ? "\" s=\"1\"" : "\"");
  if (!is_heading && column < numeric_.size() && numeric_[column] && is_number(text)) {
    pending_ += "><v>" + std::string(text) + "</v></c>";
    return;
  }
  pending_ += " t=\"inlineStr\"><is><t xml:space=\"preserve\">";
  append_escaped(pending_, text);
  pending_ += "</t></is></c>";
}

void XlsxWriter::row(std::span<const std::string> cells) {
  pending_ += "<row r=\"" + std::to_string(++rows_) + "\">";
  for (std::size_t i = 0; i < cells.size(); ++i) cell(i, cells[i]);
  pending_ += "</row>";
  if (pending_.size() < compress_bytes) return;
  archive_->add(pending_);
  pending_.clear();
}

std::string XlsxWriter::finish() {
  archive_->add(pending_ + "</sheetData></worksheet>");
  archive_->end();
  const std::string head(xml_head), space(main_space);
  std::string workbook = head + "<workbook xmlns=\"" + space +
                         "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                         "<sheet name=\"";
  append_escaped(workbook, sheet_name_);
  archive_->add_file("xl/workbook.xml", workbook + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
  archive_->add_file("xl/_rels/workbook.xml.rels", head + std::string(workbook_relations));
  archive_->add_file("xl/styles.xml", head + "<styleSheet xmlns=\"" + space + "\">" + std::string(styles));
  archive_->add_file("_rels/.rels", head + std::string(package_relations));
  archive_->add_file("[Content_Types].xml", head + std::string(content_types));
  return archive_->finish();
}

}  // namespace shouyue
