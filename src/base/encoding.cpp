#include "base/encoding.hpp"

#include <array>
#include <cstdint>

#include <iconv.h>

#include "base/text.hpp"

namespace shouyue {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view gb18030_mark = "\x84\x31\x95\x33";

std::unexpected<Error> broken(std::size_t offset, const char* encoding) {
  const std::string at = std::to_string(offset);
  return refuse(Errc::invalid_input, "encoding.broken",
                std::string("not ") + encoding + " at byte " + at + "; name the right encoding or correct the text",
                "第 " + at + " 字节不是 " + encoding + " 编码，请指定正确的编码或更正文字");
}

// A UTF-8 character whose last bytes are missing.
bool is_cut_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  for (const char c : text.substr(1))
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) return false;
  return text.size() < size;
}

// Looks like UTF-8 with some broken places: characters of three or four bytes, nearly all Chinese ones are, hardly
// ever arise from GB18030 by chance.
bool is_mostly_utf8(std::string_view sample) {
  std::int64_t right = 0, wrong = 0;
  while (!sample.empty()) {
    const std::size_t invalid = first_invalid_utf8(sample);
    const std::string_view valid = sample.substr(0, invalid);
    for (const char c : valid)
      if (static_cast<unsigned char>(c) >= 0xE0) ++right;
    if (invalid == std::string_view::npos) break;
    if (right > 0 && is_cut_character(sample.substr(invalid))) break;
    ++wrong;
    sample.remove_prefix(invalid + 1);
  }
  return right >= 8 * wrong;
}

}  // namespace

Result<Encoding> detect_encoding(std::string_view sample) {
  if (sample.starts_with("\xFF\xFE") || sample.starts_with("\xFE\xFF"))
    return refuse(Errc::invalid_input, "encoding.utf16", "the file is UTF-16; save it as UTF-8 or GB18030",
                  "文件是 UTF-16 编码，请另存为 UTF-8 或 GB18030");
  if (sample.starts_with(utf8_mark)) return Encoding::utf8;
  if (sample.starts_with(gb18030_mark)) return Encoding::gb18030;
  return is_mostly_utf8(sample) ? Encoding::utf8 : Encoding::gb18030;
}

std::size_t byte_order_mark_size(std::string_view text, Encoding encoding) {
  const std::string_view mark = encoding == Encoding::utf8 ? utf8_mark : gb18030_mark;
  return text.starts_with(mark) ? mark.size() : 0;
}

Result<void> check_utf8(std::string_view text) {
  const std::size_t invalid = first_invalid_utf8(text);
  if (invalid != std::string_view::npos) return broken(invalid, "UTF-8");
  return {};
}

void Gb18030Decoder::Close::operator()(void* converter) const { iconv_close(converter); }

Result<Gb18030Decoder> Gb18030Decoder::make() {
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1))
    return refuse(Errc::environment, "encoding.not_available",
                  "this machine cannot read GB18030; install the gconv modules",
                  "本机缺少 GB18030 转换模块，请安装 gconv 模块");
  return Gb18030Decoder(converter);
}

Result<void> Gb18030Decoder::append(std::string_view bytes, std::string& utf8) {
  if (is_ascii(bytes)) {
    utf8 += bytes;
    return {};
  }
  const std::size_t size_before = utf8.size();
  iconv(converter_.get(), nullptr, nullptr, nullptr, nullptr);
  std::array<char, 4096> piece;
  auto* from = const_cast<char*>(bytes.data());  // iconv takes a mutable pointer and does not write through it
  std::size_t left = bytes.size();
  while (left > 0) {
    char* to = piece.data();
    std::size_t room = piece.size();
    const std::size_t left_before = left;
    const std::size_t failed = iconv(converter_.get(), &from, &left, &to, &room);
    utf8.append(piece.data(), piece.size() - room);
    const bool is_stuck = failed == static_cast<std::size_t>(-1) && room == piece.size() && left == left_before;
    if (is_stuck) {
      utf8.resize(size_before);
      return broken(bytes.size() - left, "GB18030");
    }
  }
  return {};
}

Result<std::string> decode_gb18030(std::string_view bytes) {
  auto decoder = SHOUYUE_TRY(Gb18030Decoder::make());
  std::string utf8;
  SHOUYUE_CHECK(decoder.append(bytes, utf8));
  return utf8;
}

}  // namespace shouyue
