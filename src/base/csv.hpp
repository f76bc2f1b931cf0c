#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/error.hpp"

namespace shouyue {

// Fills the given room from the front and says how many bytes it wrote; 0 is the end. Its errors end the reading.
using ByteSource = std::function<Result<std::size_t>(std::span<char>)>;

// A source over text in memory, which must outlive it.
ByteSource bytes_of(std::string_view text);

struct CsvOptions {
  std::optional<Encoding> encoding = {};  // empty: found from the byte order mark, else the first text beyond ASCII
  std::optional<char> delimiter = {};     // empty: the most frequent of , ; and tab in the first line
  std::size_t row_bytes_max = 1 << 20;
};

struct CsvRow {
  std::int64_t line = 0;                     // where the row starts, counted from 1; one row may span several lines
  std::span<const std::string_view> fields;  // UTF-8, unquoted; valid until the next call of `next`
};

// Reads RFC 4180 text of any size in constant memory: quotes, doubled quotes, line ends CR LF or LF, also in quotes.
// Empty lines are left out. A quote inside an unquoted field is an ordinary character.
class CsvReader {
 public:
  explicit CsvReader(ByteSource source, CsvOptions options = {});
  // The next row; empty at the end.
  // A broken row costs its first line only: after these errors the next call goes on with the line after it, and `line`
  // says where the broken row starts. Errors: csv.row_too_long, csv.unterminated_quote, csv.text_after_quote,
  // encoding.broken. After any other error (encoding.utf16, encoding.not_available, those of the source) the reading
  // is at its end.
  Result<std::optional<CsvRow>> next();
  // The line where the row that `next` gave or refused last starts.
  std::int64_t line() const { return row_line_; }
  char delimiter() const { return delimiter_; }  // known after the first call of `next`
  // Empty as long as the text is plain ASCII.
  std::optional<Encoding> encoding() const { return encoding_; }

 private:
  struct Field {
    std::size_t from;  // offsets into the buffer
    std::size_t until;
    bool has_doubled_quotes;
  };
  enum class Scan { complete, needs_more, unterminated_quote, text_after_quote };

  Result<void> start();
  Result<void> fill();
  Result<void> skip_line();
  Result<void> skip_empty_lines();
  Result<Scan> scan_row();
  Scan scan_fields();
  Scan scan_quoted(std::size_t& at);
  Result<void> build_fields();
  Result<std::string_view> build_field(const Field& field);
  std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }
  bool is_delimiter_or_line_end(std::size_t at) const;
  Result<std::optional<CsvRow>> refuse_line(const char* rule, const std::string& en, const std::string& zh);

  ByteSource source_;
  CsvOptions options_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;    // first byte of the row that is read now
  std::size_t end_ = 0;      // behind the last byte that the source gave
  std::size_t row_end_ = 0;  // behind the line end of the row
  std::int64_t next_line_ = 1;
  std::int64_t lines_in_quotes_ = 0;  // line ends inside the row's fields
  std::int64_t row_line_ = 0;
  bool is_started_ = false;
  bool source_is_at_end_ = false;
  char delimiter_ = ',';
  std::optional<Encoding> encoding_;
  std::optional<Gb18030Decoder> decoder_;
  std::vector<Field> scanned_;
  std::vector<std::string_view> fields_;
  std::string scratch_;  // unquoted and decoded text of the row; reserved beforehand, so that views into it stay
};

// Appends `field`, quoted when it holds a comma, a quote or a line end, or has blanks at an end.
void csv_quote(std::string& out, std::string_view field);
// Appends one row with its line end (LF).
void csv_write_row(std::string& out, std::span<const std::string_view> fields);

}  // namespace shouyue
