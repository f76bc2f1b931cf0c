#include "base/id_number.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "seeded_random.hpp"

using namespace shouyue;

namespace {

RegionCodes shipped_regions() {
  std::ifstream file(SHOUYUE_SOURCE_DIR "/data/admin/region_codes.csv", std::ios::binary);
  return RegionCodes::read(std::string(std::istreambuf_iterator<char>(file), {})).value();
}

// The check character by another road than the product's: 17 powers of two modulo 11.
char check_character(const std::string& digits) {
  int power = 2, sum = 0;
  for (std::size_t i = digits.size(); i-- > 0;) {
    sum += (digits[i] - '0') * power;
    power = power * 2 % 11;
  }
  const int check = (12 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

}  // namespace

// Source of the first two: examples printed in GB 11643-1999.
TEST_CASE("read_id_number gives region, birth date and sex") {
  const struct {
    const char* text;
    const char* number;
    const char* birth;
    bool is_male, is_old_form;
  } table[] = {
      {"11010519491231002X", "11010519491231002X", "1949-12-31", false, false},
      {"440524188001010014", "440524188001010014", "1880-01-01", true, false},
      {"11010519491231002x", "11010519491231002X", "1949-12-31", false, false},
      {" １１０１０５ 19491231 ００２Ｘ ", "11010519491231002X", "1949-12-31", false, false},
      {"110105491231002", "11010519491231002X", "1949-12-31", false, true},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const auto id = read_id_number(row.text);
    REQUIRE(id.has_value());
    CHECK(id->number == row.number);
    CHECK(id->region_code == std::string(row.number).substr(0, 6));
    CHECK(id->birth.text() == row.birth);
    CHECK(id->is_male == row.is_male);
    CHECK(id->is_old_form == row.is_old_form);
  }
}

TEST_CASE("read_id_number refuses without repeating the number") {
  const struct {
    const char* text;
    const char* rule;
  } table[] = {
      {"", "id.form"},
      {"1101051949123100", "id.form"},
      {"11010519491231002XX", "id.form"},
      {"1101051949123100X2", "id.form"},
      {"01010519491231002X", "id.form"},
      {"E12345678", "id.form"},
      {"军字第1234567号", "id.form"},
      {"110105194912310021", "id.checksum"},
      {"110105194912310012", "id.checksum"},
      {"110105491331002", "id.birth_date"},
      {"110105010229002", "id.birth_date"},
      {"110105184912310020", "id.birth_date"},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const auto id = read_id_number(row.text);
    REQUIRE_FALSE(id.has_value());
    CHECK(id.error().rule == row.rule);
    if (*row.text != '\0') CHECK(id.error().en.find(row.text) == std::string::npos);
  }
}

TEST_CASE("one wrong digit or two neighbours exchanged are always found") {
  constexpr std::uint64_t seed = 11643;
  INFO("seed " << seed);
  SeededRandom random(seed);
  const Date first = Date::parse("1900-01-01").value();
  for (int i = 0; i < 3000; ++i) {
    const Date birth = first + random.below(45'000);
    std::string day = birth.text();
    day.erase(7, 1).erase(4, 1);
    std::string number =
        std::to_string(random.between(110'000, 659'999)) + day + std::to_string(random.between(100, 999));
    number += check_character(number);
    CAPTURE(number);
    const auto id = read_id_number(number);
    REQUIRE(id.has_value());
    REQUIRE(id->birth == birth);
    const auto at = static_cast<std::size_t>(random.between(1, 16));
    std::string wrong = number;
    wrong[at] = static_cast<char>('0' + (wrong[at] - '0' + random.between(1, 9)) % 10);
    REQUIRE(read_id_number(wrong).error().rule == "id.checksum");
    std::string exchanged = number;
    std::swap(exchanged[at - 1], exchanged[at]);
    if (exchanged != number && exchanged[0] != '0') REQUIRE(read_id_number(exchanged).error().rule == "id.checksum");
  }
}

TEST_CASE("RegionCodes knows present and former codes") {
  const RegionCodes regions = shipped_regions();
  const struct {
    const char* code;
    const char* name;
    const char* full_name;
  } table[] = {
      {"350000", "福建省", "福建省"},
      {"350100", "福州市", "福建省福州市"},
      {"350102", "鼓楼区", "福建省福州市鼓楼区"},
      {"110101", "东城区", "北京市东城区"},
      {"110103", "崇文区", "北京市崇文区"},  // given up in 2010
      {"310101", "黄浦区", "上海市黄浦区"},
  };
  for (const auto& row : table) {
    CAPTURE(row.code);
    CHECK(regions.is_known(row.code));
    CHECK(regions.name(row.code).value_or("") == row.name);
    CHECK(regions.full_name(row.code) == row.full_name);
  }
  for (const char* code : {"", "999999", "3501", "35010x", "3501022"}) CHECK_FALSE(regions.is_known(code));
  CHECK(regions.full_name("350199") == "福建省福州市");
  CHECK(regions.full_name("999999").empty());
}

TEST_CASE("RegionCodes::read refuses broken tables") {
  const struct {
    const char* csv;
    const char* rule;
  } table[] = {
      {"", "region_codes.form"},
      {"code\n350000\n", "region_codes.form"},
      {"code,name\n35000,福建省\n", "region_codes.form"},
      {"code,name\n350000,\n", "region_codes.form"},
      {"code,name\n350000\n", "region_codes.form"},
      {"code,name\n350000,福建省\n350000,福建\n", "region_codes.duplicate"},
  };
  for (const auto& row : table) {
    CAPTURE(row.csv);
    REQUIRE_FALSE(RegionCodes::read(row.csv).has_value());
    CHECK(RegionCodes::read(row.csv).error().rule == row.rule);
  }
  CHECK(RegionCodes::read("level,name,code\nprovince,福建省,350000\n").value().is_known("350000"));
}
