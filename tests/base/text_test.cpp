#include "base/text.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "seeded_random.hpp"

using namespace shouyue;

TEST_CASE("first_invalid_utf8 follows RFC 3629") {
  const struct {
    std::string text;
    std::size_t invalid;
  } table[] = {
      {"", std::string::npos},
      {"abc", std::string::npos},
      {"张三，é😀", std::string::npos},
      {std::string(3, '\0'), std::string::npos},
      {"\x80", 0},
      {"ab\xC0\x80", 2},        // overlong NUL
      {"\xE0\x9F\xBF", 0},      // overlong
      {"\xED\xA0\x80", 0},      // surrogate
      {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
      {"\xF5\x80\x80\x80", 0},
      {"\xF4\x8F\xBF\xBF", std::string::npos},
      {"张\xE4\xB8", 3},  // cut
      {"0123456789\xFF", 10},
      {"张三\xD5\xC5", 6},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    CHECK(first_invalid_utf8(row.text) == row.invalid);
    CHECK(is_valid_utf8(row.text) == (row.invalid == std::string::npos));
  }
}

TEST_CASE("trim takes blanks of every width, also mixed") {
  CHECK(trim("  处理日期 \t\r\n") == "处理日期");
  CHECK(trim("\u3000\u00A0 张 三 \u3000") == "张 三");
  CHECK(trim("\uFEFF保单号\u200B") == "保单号");
  CHECK(trim(" \u3000 ") == "");
  CHECK(trim("") == "");
  CHECK(trim("x") == "x");
}

TEST_CASE("to_half_width turns full-width ASCII and nothing else") {
  CHECK(to_half_width("１３８００１３８０００") == "13800138000");
  CHECK(to_half_width("ＡＺａｚ！～（）－：；，") == "AZaz!~()-:;,");
  CHECK(to_half_width("张三\u3000丰。、é") == "张三 丰。、é");
  CHECK(to_half_width("｟\xEF\xBC") == "｟\xEF\xBC");
}

TEST_CASE("split and join are inverse") {
  CHECK(split("", ';') == std::vector<std::string_view>{""});
  CHECK(split("a;;b;", ';') == std::vector<std::string_view>{"a", "", "b", ""});
  const std::vector<std::string> parts = {"a", "", "b"};
  CHECK(join(parts, "; ") == "a; ; b");
  CHECK(join({}, ",").empty());
}

TEST_CASE("excerpt never cuts a character") {
  CHECK(excerpt("短", 3) == "短");
  CHECK(excerpt("保单号", 5) == "保…");
  CHECK(is_valid_utf8(excerpt(std::string(59, 'x') + "张三")));
}

TEST_CASE("stable_hash never changes") {
  CHECK(stable_hash("") == 17280346270528514342ULL);
  CHECK(stable_hash("P0000001") == 18086671578638231123ULL);
  static_assert(stable_hash("a") != stable_hash("b"));
}

TEST_CASE("stable_hash spreads consecutive policy numbers evenly over 1024 buckets") {
  std::vector<int> count(1024);
  for (int i = 0; i < 1024 * 400; ++i) ++count[stable_hash("86350020210" + std::to_string(i)) % 1024];
  for (const int policies : count) {
    REQUIRE(policies > 300);
    REQUIRE(policies < 500);
  }
}

TEST_CASE("masks show less when the form is unknown, never more") {
  const struct {
    const char* number;
    const char* shown;
  } phones[] = {
      {"13812341234", "138****1234"},
      {"02122345678", "021*****678"},
      {"059122345678", "0591*****678"},
      {"05942234567", "0594****567"},
      {"95500", "*****"},
      {"4008895500", "********00"},
      {"87654321", "******21"},
      {"", ""},
      {"138-1234-1234", "*************"},
      {"一三八", "***"},
  };
  for (const auto& row : phones) CHECK(mask_phone(row.number) == row.shown);
  CHECK(mask_id("350102199001011234") == "350*************34");
  CHECK(mask_id("35010219900101123X") == "350*************3X");
  CHECK(mask_id("E12345678") == "E12****78");
  CHECK(mask_id("12345678") == "********");
  CHECK(mask_id("军字第123号") == "*******");
  CHECK(mask_name("张三丰") == "张**");
  CHECK(mask_name("李四") == "李*");
  CHECK(mask_name("王") == "王");
  CHECK(mask_name("欧阳娜娜") == "欧***");
  CHECK(mask_name("") == "");
}

TEST_CASE("text functions stand any bytes") {
  constexpr std::uint64_t seed = 7;
  INFO("seed " << seed);
  SeededRandom random(seed);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int length = random.below(20); length > 0; --length) text += static_cast<char>(random.next());
    const std::size_t invalid = first_invalid_utf8(text);
    REQUIRE(is_valid_utf8(text.substr(0, invalid)));
    if (is_valid_utf8(text)) REQUIRE(is_valid_utf8(to_half_width(text)));
    REQUIRE(trim(trim(text)) == trim(text));
    mask_name(text), mask_id(text), mask_phone(text), excerpt(text, 7);
  }
}
