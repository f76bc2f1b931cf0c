#include "base/xlsx.hpp"

#include <array>
#include <cstring>

#include <expat.h>

#include "base/zip.hpp"

namespace shouyue {
namespace {

constexpr std::size_t part_bytes_max = 1 << 28;  // of the shared strings, unpacked
constexpr std::size_t columns_max = 16'384;      // of a sheet
constexpr std::int64_t rows_max = 1 << 24;       // more than any spreadsheet has
constexpr std::size_t row_bytes_max = 1 << 20;   // as of a CSV file
constexpr std::size_t row_xml_max = 1 << 22;     // from the end of one row to that of the next
constexpr std::size_t texts_max = 10'000'000;    // that cells share

std::unexpected<Error> broken() {
  return refuse(Errc::invalid_input, "xlsx.broken", "the workbook is damaged; save it again as XLSX or CSV",
                "工作簿已损坏，请重新保存为 XLSX 或 CSV");
}

// The name without the namespace prefix that some programs write: `x:row` is `row`.
std::string_view local_name(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon ? colon + 1 : name;
}

std::string_view attribute(const char** attributes, std::string_view name) {
  for (; *attributes; attributes += 2)
    if (local_name(attributes[0]) == name) return attributes[1];
  return {};
}

// An XML parser that gives elements and text to a `Handler` with `start`, `end` and `text`.
template <class Handler>
class XmlParser {
 public:
  explicit XmlParser(Handler& handler) : handler_(handler), parser_(XML_ParserCreate("UTF-8")) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const char* name, const char** attributes) {
          static_cast<XmlParser*>(self)->handler_.start(local_name(name), attributes);
        },
        [](void* self, const char* name) { static_cast<XmlParser*>(self)->handler_.end(local_name(name)); });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const char* text, int size) {
      static_cast<XmlParser*>(self)->handler_.text({text, static_cast<std::size_t>(size)});
    });
    // A workbook has no document type; one would only bring entities that grow without end.
    XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const char*, const char*, const char*, int) {
      XML_StopParser(static_cast<XmlParser*>(self)->parser_.get(), XML_FALSE);
    });
  }
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;

  Result<void> feed(std::string_view bytes, bool is_last) {
    return told(XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), is_last));
  }
  // For a handler: nothing more is given until `resume`, which goes on with the bytes that were fed.
  void pause() { XML_StopParser(parser_.get(), XML_TRUE); }
  bool is_paused() const {
    XML_ParsingStatus status{};
    XML_GetParsingStatus(parser_.get(), &status);
    return status.parsing == XML_SUSPENDED;
  }
  Result<void> resume() { return told(XML_ResumeParser(parser_.get())); }
  // For a handler: the text is refused.
  void stop() { XML_StopParser(parser_.get(), XML_FALSE); }

 private:
  static Result<void> told(XML_Status status) {
    if (status == XML_STATUS_ERROR) return broken();
    return {};
  }
  struct Free {
    void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
  };
  Handler& handler_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
};

// xl/sharedStrings.xml: the texts that cells refer to by number.
struct SharedStrings {
  std::string texts;                  // one after the other
  std::vector<std::uint32_t> starts;  // of each
  bool in_text = false, are_too_many = false;
  int phonetic = 0;  // readings of characters are not part of the text

  std::optional<std::string_view> find(std::size_t index) const {
    if (index >= starts.size()) return std::nullopt;
    const std::size_t until = index + 1 < starts.size() ? starts[index + 1] : texts.size();
    return std::string_view(texts).substr(starts[index], until - starts[index]);
  }

  void start(std::string_view name, const char**) {
    are_too_many = are_too_many || (name == "si" && starts.size() == texts_max);
    if (are_too_many) return;
    if (name == "si") starts.push_back(static_cast<std::uint32_t>(texts.size()));
    if (name == "rPh") ++phonetic;
    in_text = name == "t" && phonetic == 0 && !starts.empty();
  }
  void end(std::string_view name) {
    if (name == "rPh") --phonetic;
    if (name == "t") in_text = false;
  }
  void text(std::string_view part) {
    if (in_text) texts += part;
  }
};

// xl/workbook.xml and its relations: where the first sheet lies.
struct FirstSheet {
  std::string id, path;

  void start(std::string_view name, const char** attributes) {
    if (name == "sheet" && id.empty()) id = attribute(attributes, "id");
    if (name == "Relationship" && path.empty() && !id.empty() && attribute(attributes, "Id") == id)
      path = attribute(attributes, "Target");
  }
  void end(std::string_view) {}
  void text(std::string_view) {}
};

template <class Handler>
Result<void> parse_part(const ZipArchive& archive, std::string_view name, Handler& handler) {
  const std::string text = SHOUYUE_TRY(archive.text(name, part_bytes_max));
  return XmlParser<Handler>(handler).feed(text, true);
}

Result<std::string> first_sheet_path(const ZipArchive& archive) {
  FirstSheet first;
  SHOUYUE_CHECK(parse_part(archive, "xl/workbook.xml", first));
  SHOUYUE_CHECK(parse_part(archive, "xl/_rels/workbook.xml.rels", first));
  if (first.path.empty()) return broken();
  return first.path.starts_with('/') ? first.path.substr(1) : "xl/" + first.path;
}

// Column of a reference like `AB12`, from 0; empty when it has none.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    if (column > columns_max) return std::nullopt;
  }
  return column == 0 ? std::nullopt : std::optional(column - 1);
}

}  // namespace

class XlsxReader::Sheet {
 public:
  Sheet(ZipArchive archive, SharedStrings strings, std::uint64_t bytes_max)
      : archive_(std::move(archive)), strings_(std::move(strings)), bytes_max_(bytes_max) {}
  Result<void> open(const std::string& path) {
    entry_ = SHOUYUE_TRY(archive_.read(path));
    parser_.emplace(*this);
    return {};
  }

  Result<std::optional<CsvRow>> next() {
    row_ = {};
    has_row_ = false;
    while (!has_row_) {
      if (!parser_->is_paused() && is_at_end_) return std::nullopt;
      const auto went_on = go_on();
      if (went_on) continue;
      is_at_end_ = true;
      if (is_row_too_long_) return row_too_long(row_bytes_max);
      return std::unexpected(went_on.error());
    }
    views_.assign(row_.cells.begin(), row_.cells.end());
    return CsvRow{.line = row_.number, .fields = views_};
  }

  void start(std::string_view name, const char** attributes) {
    if (name == "row") start_row(attribute(attributes, "r"));
    if (name == "c") start_cell(attribute(attributes, "r"), attribute(attributes, "t"));
    if (name == "rPh") ++phonetic_;
    takes_text_ = is_in_cell_ && phonetic_ == 0 && (name == "v" || name == "t");
  }
  void end(std::string_view name) {
    if (name == "v" || name == "t") takes_text_ = false;
    if (name == "rPh") --phonetic_;
    if (name == "c") end_cell();
    if (name == "row") end_row();
    if (name == "sheetData") is_past_rows_ = true;
  }
  void text(std::string_view part) {
    if (!takes_text_) return;
    take_bytes(part.size());
    value_ += part;
  }

 private:
  struct Row {
    std::int64_t number = 0;
    std::size_t bytes = 0;
    std::vector<std::string> cells;
  };

  // Up to the end of the next row, or of the bytes at hand.
  Result<void> go_on() {
    if (parser_->is_paused()) return parser_->resume();
    const std::size_t size = SHOUYUE_TRY(entry_.read(room_));
    is_at_end_ = size == 0;
    SHOUYUE_CHECK(count_unpacked(size));
    return parser_->feed({room_.data(), size}, is_at_end_);
  }

  // Blanks and empty rows cost the sender next to nothing.
  Result<void> count_unpacked(std::size_t size) {
    bytes_ += size;
    bytes_since_row_ += size;
    if (bytes_ > bytes_max_) {
      const std::string limit = std::to_string(bytes_max_ >> 20);
      return refuse(Errc::invalid_input, "xlsx.sheet_too_large",
                    "the sheet is larger than " + limit + " MB when unpacked; split it",
                    "工作表解压后超过 " + limit + " MB，请拆分后再导入");
    }
    if (!is_past_rows_ && bytes_since_row_ > row_xml_max) return row_too_long(row_xml_max);
    return {};
  }

  std::unexpected<Error> row_too_long(std::size_t bytes_max) const {
    const std::string row = std::to_string(last_number_), limit = std::to_string(bytes_max);
    return refuse(Errc::invalid_input, "xlsx.row_too_long", "row " + row + " is longer than " + limit + " bytes",
                  "第 " + row + " 行超过 " + limit + " 字节");
  }

  void start_row(std::string_view number) {
    row_ = {};
    row_.number = number.empty() ? last_number_ + 1 : std::atoll(number.data());
    if (row_.number < 1 || row_.number > rows_max) parser_->stop();
    last_number_ = row_.number;
  }
  void start_cell(std::string_view reference, std::string_view type) {
    is_in_cell_ = true;
    type_ = type;
    value_.clear();
    const std::size_t column = reference.empty() ? row_.cells.size() : column_of(reference).value_or(columns_max);
    // Columns only go up; anything else would overwrite what was read.
    if (column < row_.cells.size() || column >= columns_max) return parser_->stop();
    row_.cells.resize(column + 1);
  }
  void end_cell() {
    is_in_cell_ = false;
    if (row_.cells.empty()) return;
    std::string& cell = row_.cells.back();
    if (type_ == "s") {
      const auto shared = strings_.find(static_cast<std::size_t>(std::atoll(value_.c_str())));
      if (!shared) return parser_->stop();
      take_bytes(shared->size());
      if (!is_row_too_long_) cell = *shared;
    } else if (type_.empty() || type_ == "n") {
      cell = plain_number(value_);
    } else {
      cell = value_;
    }
  }
  void end_row() {
    bytes_since_row_ = 0;
    while (!row_.cells.empty() && row_.cells.back().empty()) row_.cells.pop_back();
    if (row_.cells.empty()) return;
    has_row_ = true;
    parser_->pause();
  }
  void take_bytes(std::size_t size) {
    row_.bytes += size;
    is_row_too_long_ = row_.bytes > row_bytes_max;
    if (is_row_too_long_) parser_->stop();
  }

  ZipArchive archive_;
  SharedStrings strings_;
  std::uint64_t bytes_max_ = 0, bytes_ = 0;
  std::size_t bytes_since_row_ = 0;
  ZipEntryReader entry_;
  std::optional<XmlParser<Sheet>> parser_;
  std::array<char, 1 << 16> room_;
  Row row_;
  std::vector<std::string_view> views_;
  std::int64_t last_number_ = 0;
  std::string type_, value_;
  int phonetic_ = 0;
  bool is_in_cell_ = false, takes_text_ = false, has_row_ = false, is_row_too_long_ = false, is_at_end_ = false,
       is_past_rows_ = false;
};

bool looks_like_xlsx(std::string_view first_bytes) { return first_bytes.starts_with("PK\3\4"); }

XlsxReader::XlsxReader(std::unique_ptr<Sheet> sheet) : sheet_(std::move(sheet)) {}
XlsxReader::XlsxReader(XlsxReader&&) noexcept = default;
XlsxReader::~XlsxReader() = default;

Result<XlsxReader> XlsxReader::open(std::string_view file, std::uint64_t bytes_max) {
  ZipArchive archive = SHOUYUE_TRY(ZipArchive::open(file));
  if (!archive.has("xl/workbook.xml"))
    return refuse(Errc::invalid_input, "xlsx.not_a_workbook", "the file is an archive but no XLSX workbook",
                  "该文件是压缩包，但不是 XLSX 工作簿");
  SharedStrings strings;
  if (archive.has("xl/sharedStrings.xml")) SHOUYUE_CHECK(parse_part(archive, "xl/sharedStrings.xml", strings));
  if (strings.are_too_many)
    return refuse(Errc::invalid_input, "xlsx.too_many_texts",
                  "the workbook holds more than " + std::to_string(texts_max) + " different texts; split it",
                  "工作簿中的不同文本超过 " + std::to_string(texts_max) + " 个，请拆分后再导入");
  const std::string path = SHOUYUE_TRY(first_sheet_path(archive));
  auto sheet = std::make_unique<Sheet>(std::move(archive), std::move(strings), bytes_max);
  SHOUYUE_CHECK(sheet->open(path));
  return XlsxReader(std::move(sheet));
}

Result<std::optional<CsvRow>> XlsxReader::next() { return sheet_->next(); }

}  // namespace shouyue
