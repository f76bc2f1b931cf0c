#include "base/csv.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/text.hpp"

namespace shouyue {
namespace {

constexpr std::size_t chunk_bytes = 256 * 1024;

// The candidate that stands most often outside quotes in the first line; the earlier one when two are equal.
char find_delimiter(std::string_view text) {
  constexpr std::string_view candidates = ",;\t";
  std::size_t counts[candidates.size()] = {};
  bool is_quoted = false;
  for (const char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '\n') break;
    if (const std::size_t which = candidates.find(c); which != std::string_view::npos) ++counts[which];
  }
  return candidates[static_cast<std::size_t>(std::max_element(counts, counts + candidates.size()) - counts)];
}

// In each byte that is zero the high bit is set; bytes above a zero one may have it by carry, which does not matter
// because only the lowest is looked at.
std::uint64_t zero_bytes(std::uint64_t eight) {
  return (eight - 0x0101010101010101ULL) & ~eight & 0x8080808080808080ULL;
}

std::size_t find_either(const char* bytes, std::size_t from, std::size_t until, char one, char other) {
  static_assert(std::endian::native == std::endian::little);
  const std::uint64_t ones = 0x0101010101010101ULL * static_cast<unsigned char>(one);
  const std::uint64_t others = 0x0101010101010101ULL * static_cast<unsigned char>(other);
  for (; from + 8 <= until; from += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes + from, 8);
    if (const std::uint64_t found = zero_bytes(eight ^ ones) | zero_bytes(eight ^ others))
      return from + static_cast<std::size_t>(std::countr_zero(found)) / 8;
  }
  while (from < until && bytes[from] != one && bytes[from] != other) ++from;
  return from;
}

bool costs_one_row_only(const Error& error) { return error.rule == "encoding.broken"; }

}  // namespace

ByteSource bytes_of(std::string_view text) {
  return [text](std::span<char> room) mutable -> Result<std::size_t> {
    const std::size_t size = std::min(room.size(), text.size());
    std::copy_n(text.data(), size, room.data());
    text.remove_prefix(size);
    return size;
  };
}

CsvReader::CsvReader(ByteSource source, CsvOptions options)
    : source_(std::move(source)), options_(options), buffer_(chunk_bytes), encoding_(options.encoding) {}

// Makes room behind the unread bytes and fills it, so that a row is scanned again only after much more has come.
Result<void> CsvReader::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (end_ == buffer_.size()) buffer_.resize(std::min(2 * buffer_.size(), options_.row_bytes_max + chunk_bytes));
  while (!source_is_at_end_ && end_ < buffer_.size()) {
    const auto size = source_(std::span(buffer_).subspan(end_));
    source_is_at_end_ = !size || *size == 0;
    if (!size) {
      begin_ = end_;
      return std::unexpected(size.error());
    }
    end_ += *size;
  }
  return {};
}

Result<void> CsvReader::start() {
  is_started_ = true;
  SHOUYUE_CHECK(fill());
  const auto detected = detect_encoding(unread());
  if (!detected) {
    begin_ = end_;
    source_is_at_end_ = true;
    return std::unexpected(detected.error());
  }
  if (const std::size_t mark = byte_order_mark_size(unread(), encoding_.value_or(*detected)); mark > 0) {
    begin_ += mark;
    encoding_ = encoding_.value_or(*detected);
  }
  SHOUYUE_CHECK(skip_empty_lines());
  delimiter_ = options_.delimiter.value_or(find_delimiter(unread()));
  return {};
}

Result<void> CsvReader::skip_empty_lines() {
  for (;;) {
    if (unread().size() < 2 && !source_is_at_end_) SHOUYUE_CHECK(fill());
    const std::string_view rest = unread();
    if (!rest.starts_with('\n') && !rest.starts_with("\r\n")) return {};
    begin_ += rest[0] == '\n' ? 1 : 2;
    ++next_line_;
  }
}

// Drops the unread bytes up to the first line end, however far away it is.
Result<void> CsvReader::skip_line() {
  for (;;) {
    const std::size_t line_end = unread().find('\n');
    if (line_end != std::string_view::npos) {
      begin_ += line_end + 1;
      ++next_line_;
      return {};
    }
    begin_ = end_;
    if (source_is_at_end_) return {};
    SHOUYUE_CHECK(fill());
  }
}

bool CsvReader::is_delimiter_or_line_end(std::size_t at) const {
  if (at == end_ || buffer_[at] == delimiter_ || buffer_[at] == '\n') return true;
  return buffer_[at] == '\r' && (at + 1 == end_ || buffer_[at + 1] == '\n');
}

// Reads a quoted field from its opening quote; `at` is then behind the closing one.
CsvReader::Scan CsvReader::scan_quoted(std::size_t& at) {
  const std::size_t from = at + 1;
  bool has_doubled_quotes = false;
  std::size_t quote = from;
  for (;; quote += 2) {
    quote = find_either(buffer_.data(), quote, end_, '"', '"');
    // What follows the quote decides its meaning, and after a CR the byte after that.
    if (quote + 2 >= end_ && !source_is_at_end_) return Scan::needs_more;
    if (quote == end_) return Scan::unterminated_quote;
    if (quote + 1 == end_ || buffer_[quote + 1] != '"') break;
    has_doubled_quotes = true;
  }
  lines_in_quotes_ += std::count(buffer_.data() + from, buffer_.data() + quote, '\n');
  scanned_.push_back({.from = from, .until = quote, .has_doubled_quotes = has_doubled_quotes});
  at = quote + 1;
  if (!is_delimiter_or_line_end(at)) return Scan::text_after_quote;
  if (at < end_ && buffer_[at] == '\r') ++at;
  return Scan::complete;
}

// Separators are looked for before decoding. That is right for GB18030 too: its second to fourth bytes are 0x30-0x39,
// 0x40-0x7E and 0x80-0xFE, never a comma, semicolon, tab, quote or line end.
CsvReader::Scan CsvReader::scan_fields() {
  scanned_.clear();
  lines_in_quotes_ = 0;
  const char* bytes = buffer_.data();
  for (std::size_t at = begin_;; ++at) {
    if (at < end_ && bytes[at] == '"') {
      if (const Scan scan = scan_quoted(at); scan != Scan::complete) return scan;
    } else {
      const std::size_t from = at;
      at = find_either(bytes, at, end_, delimiter_, '\n');
      const bool is_at_line_end = at == end_ || bytes[at] == '\n';
      const bool has_carriage_return = is_at_line_end && at > from && bytes[at - 1] == '\r';
      scanned_.push_back({.from = from, .until = at - (has_carriage_return ? 1 : 0), .has_doubled_quotes = false});
    }
    if (at == end_ && !source_is_at_end_) return Scan::needs_more;
    if (at == end_ || bytes[at] == '\n') {
      row_end_ = std::min(at + 1, end_);
      return Scan::complete;
    }
  }
}

Result<CsvReader::Scan> CsvReader::scan_row() {
  Scan scan = scan_fields();
  while (scan == Scan::needs_more && end_ - begin_ <= options_.row_bytes_max) {
    SHOUYUE_CHECK(fill());
    scan = scan_fields();
  }
  return scan;
}

Result<std::string_view> CsvReader::build_field(const Field& field) {
  std::string_view text(buffer_.data() + field.from, field.until - field.from);
  if (field.has_doubled_quotes) {
    const std::size_t start = scratch_.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
      scratch_ += text[i];
      if (text[i] == '"') ++i;
    }
    text = std::string_view(scratch_).substr(start);
  }
  if (encoding_ != Encoding::gb18030 || is_ascii(text)) return text;
  if (!decoder_) decoder_ = SHOUYUE_TRY(Gb18030Decoder::make());
  const std::size_t start = scratch_.size();
  SHOUYUE_CHECK(decoder_->append(text, scratch_));
  return std::string_view(scratch_).substr(start);
}

Result<void> CsvReader::build_fields() {
  const std::string_view row(buffer_.data() + begin_, row_end_ - begin_);
  const bool is_plain = is_ascii(row);
  if (!is_plain && !encoding_) encoding_ = SHOUYUE_TRY(detect_encoding(unread()));
  if (!is_plain && encoding_ == Encoding::utf8) SHOUYUE_CHECK(check_utf8(row));
  fields_.clear();
  scratch_.clear();
  scratch_.reserve(3 * row.size());  // unquoted text is no longer, and GB18030 grows by half at most
  const bool is_decoded = !is_plain && encoding_ == Encoding::gb18030;
  for (const Field& field : scanned_) {
    if (field.has_doubled_quotes || is_decoded)
      fields_.push_back(SHOUYUE_TRY(build_field(field)));
    else
      fields_.emplace_back(buffer_.data() + field.from, field.until - field.from);
  }
  return {};
}

Result<std::optional<CsvRow>> CsvReader::refuse_line(const char* rule, const std::string& en, const std::string& zh) {
  SHOUYUE_CHECK(skip_line());
  const std::string line = std::to_string(row_line_);
  return refuse(Errc::invalid_input, rule, "line " + line + ": " + en, "第 " + line + " 行：" + zh);
}

Result<std::optional<CsvRow>> CsvReader::next() {
  if (!is_started_) SHOUYUE_CHECK(start());
  SHOUYUE_CHECK(skip_empty_lines());
  row_line_ = next_line_;
  if (begin_ == end_) return std::nullopt;
  const Scan scan = SHOUYUE_TRY(scan_row());
  if (scan == Scan::unterminated_quote)
    return refuse_line("csv.unterminated_quote", "a quote is opened and never closed", "引号没有闭合");
  if (scan == Scan::text_after_quote)
    return refuse_line("csv.text_after_quote", "text follows a closing quote; write quotes inside a field twice",
                       "引号闭合之后还有文字，字段内的引号请写两次");
  if (scan == Scan::needs_more || row_end_ - begin_ > options_.row_bytes_max) {
    const std::string limit = std::to_string(options_.row_bytes_max);
    return refuse_line("csv.row_too_long", "the row is longer than " + limit + " bytes", "该行超过 " + limit + " 字节");
  }
  auto built = build_fields();
  begin_ = row_end_;
  next_line_ += lines_in_quotes_ + 1;
  if (built) return CsvRow{.line = row_line_, .fields = fields_};
  if (!costs_one_row_only(built.error())) {
    begin_ = end_;
    source_is_at_end_ = true;
    return std::unexpected(built.error());
  }
  Error error = std::move(built.error());
  error.en = "line " + std::to_string(row_line_) + ": " + error.en;
  error.zh = "第 " + std::to_string(row_line_) + " 行：" + error.zh;
  return std::unexpected(std::move(error));
}

void csv_quote(std::string& out, std::string_view field) {
  const bool has_blank_end = !field.empty() && (field.front() == ' ' || field.back() == ' ');
  if (!has_blank_end && field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void csv_write_row(std::string& out, std::span<const std::string_view> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    csv_quote(out, fields[i]);
  }
  if (fields.size() == 1 && fields[0].empty()) out += "\"\"";  // or it would be an empty line, which is no row
  out += '\n';
}

}  // namespace shouyue
