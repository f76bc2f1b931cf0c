#include "base/phone.hpp"

#include <string>

#include <doctest/doctest.h>

#include "base/area_codes.hpp"
#include "seeded_random.hpp"

using namespace shouyue;

namespace {

std::string kind_text(PhoneKind kind) {
  return kind == PhoneKind::mobile ? "mobile" : kind == PhoneKind::landline ? "landline" : "service";
}

// `mobile 13812345678`, `landline 059487654321 ext 123`, `mobile 13812345678 (was behind 0594)`, `too_short`
std::string reading(std::string_view text) {
  const auto phone = read_phone(text);
  if (!phone) return std::string(phone_defect_id(phone.error()));
  std::string result = kind_text(phone->kind) + " " + phone->number;
  if (!phone->extension.empty()) result += " ext " + phone->extension;
  if (!phone->wrong_prefix.empty()) result += " (was behind " + phone->wrong_prefix + ")";
  if (phone->has_restored_zero) result += " (0 restored)";
  if (phone->is_without_area_code) result += " (no area code)";
  return result;
}

}  // namespace

TEST_CASE("read_phone understands how numbers are written") {
  const struct {
    const char* text;
    const char* reading;
  } table[] = {
      {"13812345678", "mobile 13812345678"},
      {" 138-1234-5678 ", "mobile 13812345678"},
      {"138 1234 5678", "mobile 13812345678"},
      {"138\u00A01234—5678", "mobile 13812345678"},
      {"138.1234.5678", "mobile 13812345678"},
      {"１３８１２３４５６７８", "mobile 13812345678"},
      {"+86 138 1234 5678", "mobile 13812345678"},
      {"(+86)13812345678", "mobile 13812345678"},
      {"＋８６－１３８１２３４５６７８", "mobile 13812345678"},
      {"008613812345678", "mobile 13812345678"},
      {"8613812345678", "mobile 13812345678"},
      {"13812345678.0", "mobile 13812345678"},
      {"19912345678", "mobile 19912345678"},
      {"013812345678", "mobile 13812345678 (was behind 0)"},
      {"059413812345678", "mobile 13812345678 (was behind 0594)"},
      {"0594-13812345678", "mobile 13812345678 (was behind 0594)"},
      {"01013812345678", "mobile 13812345678 (was behind 010)"},
      {"010-87654321", "landline 01087654321"},
      {"(010) 8765 4321", "landline 01087654321"},
      {"（０５９１）８７６５４３２１", "landline 059187654321"},
      {"0594-2234567", "landline 05942234567"},
      {"+86-591-87654321", "landline 059187654321"},
      {"0086 10 8765 4321", "landline 01087654321"},
      {"59187654321", "landline 059187654321 (0 restored)"},
      {"1087654321", "landline 01087654321 (0 restored)"},
      {"5942234567", "landline 05942234567 (0 restored)"},
      {"87654321", "landline 87654321 (no area code)"},
      {"223-4567", "landline 2234567 (no area code)"},
      {"0591-87654321-123", "landline 059187654321 ext 123"},
      {"0591-87654321转123", "landline 059187654321 ext 123"},
      {"0591-87654321－转－8001", "landline 059187654321 ext 8001"},
      {"0591-87654321转分机12", "landline 059187654321 ext 12"},
      {"010-87654321 ext. 6", "landline 01087654321 ext 6"},
      {"010-87654321EXT6", "landline 01087654321 ext 6"},
      {"87654321#203", "landline 87654321 ext 203 (no area code)"},
      {"95500", "service 95500"},
      {"955188", "service 955188"},
      {"95105555", "service 95105555"},
      {"400-889-5500", "service 4008895500"},
      {"8008205500", "service 8008205500"},
      {"110", "service 110"},
      {"12345", "service 12345"},
      {"0594-12345", "service 059412345"},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    CHECK(reading(row.text) == row.reading);
  }
}

TEST_CASE("read_phone names the defect") {
  const struct {
    const char* text;
    const char* defect;
  } table[] = {
      {"", "none_given"},
      {"\u3000", "none_given"},
      {"无", "none_given"},
      {"N/A", "none_given"},
      {"-", "none_given"},
      {"00000000000", "none_given"},
      {"0", "none_given"},
      {"张三", "not_digits"},
      {"1381234567O", "not_digits"},
      {"1.38E+10", "not_digits"},
      {"13812345678/87654321", "several_numbers"},
      {"13812345678、13912345678", "several_numbers"},
      {"13812345678；87654321", "several_numbers"},
      {"+852 2345 6789", "foreign"},
      {"1381234567", "too_short"},
      {"876543", "too_short"},
      {"0594-223456", "too_short"},
      {"010-8765432", "too_short"},
      {"0594", "too_short"},
      {"138123456789", "too_long"},
      {"0594-223456789", "too_long"},
      {"+8613812345678901", "too_long"},
      {"0600912345678", "bad_area_code"},
      {"0600-2234567", "bad_area_code"},
      {"000013812345678", "bad_area_code"},
      {"12812345678", "not_assigned"},
      {"23456789012", "not_assigned"},
      {"0591-17654321", "not_assigned"},
      {"010-97654321", "not_assigned"},
      {"0591-87654321转", "not_digits"},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    CHECK(reading(row.text) == row.defect);
  }
}

TEST_CASE("every defect has an id and both texts") {
  for (int i = 0; i <= static_cast<int>(PhoneDefect::not_assigned); ++i) {
    const auto defect = static_cast<PhoneDefect>(i);
    CHECK_FALSE(phone_defect_id(defect).empty());
    CHECK_FALSE(phone_defect_en(defect).empty());
    CHECK_FALSE(phone_defect_zh(defect).empty());
  }
}

TEST_CASE("area_code_size knows the codes of provincial capitals and of the cut prefixes") {
  for (const char* code :
       {"010",  "021",  "022",  "023",  "020",  "024",  "025",  "027",  "028",  "029",  "0311", "0351",
        "0371", "0431", "0451", "0471", "0531", "0551", "0571", "0591", "0731", "0771", "0791", "0851",
        "0871", "0891", "0898", "0931", "0951", "0971", "0991", "0335", "0349", "0580", "0701", "0594"}) {
    CAPTURE(code);
    CHECK(area_code_size(code) == std::string_view(code).size());
    CHECK(area_code_size(std::string(code) + "2234567") == std::string_view(code).size());
  }
  for (const char* text : {"", "0", "01", "011", "026", "059", "0600", "133", "0x91", "0334", "059x"}) {
    CAPTURE(text);
    CHECK(area_code_size(text) == 0);
  }
}

TEST_CASE("what read_phone gives, it reads again as the same number") {
  constexpr std::uint64_t seed = 594;
  INFO("seed " << seed);
  SeededRandom random(seed);
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (int length = random.below(17); length > 0; --length) text += random.one_of("0011234567890+- (转#/");
    CAPTURE(text);
    const auto phone = read_phone(text);
    if (!phone) continue;
    REQUIRE_FALSE(phone->number.empty());
    const auto again = read_phone(phone->number);
    REQUIRE(again.has_value());
    REQUIRE(again->number == phone->number);
    REQUIRE(again->kind == phone->kind);
    REQUIRE(again->wrong_prefix.empty());
  }
}
