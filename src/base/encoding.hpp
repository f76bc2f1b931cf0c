#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace shouyue {

// The encodings in which insurers' systems and spreadsheets write text. GB18030 holds GBK and GB2312.
enum class Encoding { utf8, gb18030 };

// What a file is written in, from its first bytes: a byte order mark decides; else UTF-8 when it is well formed, also
// when the sample ends within a character or few of very many characters are broken; else GB18030.
// Errors: encoding.utf16 (a spreadsheet's "Unicode text").
Result<Encoding> detect_encoding(std::string_view sample);

// Bytes of the byte order mark at the start of `text`, or 0.
std::size_t byte_order_mark_size(std::string_view text, Encoding encoding);

// Errors: encoding.broken, with the offset of the first wrong byte.
Result<void> check_utf8(std::string_view text);

// GB18030 to UTF-8. Holds a converter, because opening one costs more than a short text; not for two threads at once.
class Gb18030Decoder {
 public:
  // Errors: encoding.not_available (this machine's C library lacks the conversion).
  static Result<Gb18030Decoder> make();
  // Appends `bytes` as UTF-8; `utf8` is unchanged after an error.
  // Errors: encoding.broken, with the offset of the first wrong byte.
  Result<void> append(std::string_view bytes, std::string& utf8);

 private:
  struct Close {
    void operator()(void* converter) const;
  };
  explicit Gb18030Decoder(void* converter) : converter_(converter) {}
  std::unique_ptr<void, Close> converter_;
};

// Errors: encoding.broken, encoding.not_available.
Result<std::string> decode_gb18030(std::string_view bytes);

}  // namespace shouyue
