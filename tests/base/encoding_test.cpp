#include "base/encoding.hpp"

#include <string>

#include <doctest/doctest.h>

#include "base/text.hpp"

using namespace shouyue;

namespace {

const std::string zhang_san = "\xD5\xC5\xC8\xFD";  // 张三 in GB18030
const std::string rare =
    "\x82\x30\x81\x30"
    "\x95\x32\x82\x36";  // four bytes each: U+33FF…, U+20000

}  // namespace

TEST_CASE("decode_gb18030 gives UTF-8") {
  CHECK(decode_gb18030("").value() == "");
  CHECK(decode_gb18030("abc,\r\n").value() == "abc,\r\n");
  CHECK(decode_gb18030(zhang_san).value() == "张三");
  CHECK(decode_gb18030("\x84\x31\x95\x33").value() == "\uFEFF");
  CHECK(decode_gb18030("\x95\x32\x82\x36").value() == "\U00020000");
  CHECK(is_valid_utf8(decode_gb18030(rare).value()));
}

TEST_CASE("decode_gb18030 says where the first wrong byte is") {
  const struct {
    std::string bytes;
    const char* offset;
  } table[] = {
      {"\xD5", "byte 0"}, {zhang_san + "\xD5", "byte 4"}, {"ab\xFF", "byte 2"}, {"a\xD5\x20z", "byte 1"},
      {"\x80", "byte 0"},
  };
  for (const auto& row : table) {
    const auto decoded = decode_gb18030(row.bytes);
    REQUIRE_FALSE(decoded.has_value());
    CHECK(decoded.error().rule == "encoding.broken");
    CHECK(decoded.error().en.find(row.offset) != std::string::npos);
  }
}

TEST_CASE("Gb18030Decoder goes on after an error and with long text") {
  auto decoder = Gb18030Decoder::make().value();
  std::string text = "x";
  CHECK_FALSE(decoder.append("\xD5", text).has_value());
  CHECK(text == "x");
  std::string bytes, expected = "x";
  for (int i = 0; i < 5000; ++i) bytes += zhang_san, expected += "张三";
  CHECK(decoder.append(bytes, text).has_value());
  CHECK(text == expected);
}

TEST_CASE("check_utf8 says where the first wrong byte is") {
  CHECK(check_utf8("张三").has_value());
  CHECK(check_utf8("张三\xFF").error().rule == "encoding.broken");
  CHECK(check_utf8("张三\xFF").error().en.find("byte 6") != std::string::npos);
}

TEST_CASE("detect_encoding") {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "张三";
  const struct {
    std::string sample;
    Encoding encoding;
  } table[] = {
      {"", Encoding::utf8},
      {"plain", Encoding::utf8},
      {"\xEF\xBB\xBFplain", Encoding::utf8},
      {"\x84\x31\x95\x33plain", Encoding::gb18030},
      {"张三", Encoding::utf8},
      {"张三\xE4\xB8", Encoding::utf8},        // the sample ends within a character
      {many + "\xFF" + many, Encoding::utf8},  // one broken place among many characters
      {zhang_san, Encoding::gb18030},
      {"a," + zhang_san + "\n", Encoding::gb18030},
      {"\xC1\xAA\xCD\xA8", Encoding::gb18030},  // 联通, which careless checks take for UTF-8
  };
  for (const auto& row : table) {
    CAPTURE(row.sample);
    CHECK(detect_encoding(row.sample).value() == row.encoding);
  }
  CHECK(detect_encoding(std::string("\xFF\xFE"
                                    "a\0",
                                    4))
            .error()
            .rule == "encoding.utf16");
}

TEST_CASE("no byte inside a GB18030 character is a separator, quote or line end") {
  const std::string separators = ",;\t\"\r\n";
  auto decoder = Gb18030Decoder::make().value();
  std::string text;
  for (int lead = 0x81; lead <= 0xFE; ++lead) {
    for (const char separator : separators) {
      const std::string two = {static_cast<char>(lead), separator};
      CHECK_FALSE(decoder.append(two, text).has_value());
      for (const char third : {'\x81', '\xFE'}) {
        const std::string four_by_second = {static_cast<char>(lead), separator, third, '\x30'};
        const std::string four_by_fourth = {static_cast<char>(lead), '\x30', third, separator};
        CHECK_FALSE(decoder.append(four_by_second, text).has_value());
        CHECK_FALSE(decoder.append(four_by_fourth, text).has_value());
      }
    }
  }
}
