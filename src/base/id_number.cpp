#include "base/id_number.hpp"

#include <algorithm>
#include <array>

#include "base/csv.hpp"
#include "base/text.hpp"

namespace shouyue {
namespace {

constexpr std::size_t new_size = 18, old_size = 15;

// ISO 7064 MOD 11-2 over the first 17 digits.
char check_character(std::string_view digits) {
  constexpr std::array<int, 17> weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits[i] - '0') * weights[i];
  return "10X98765432"[sum % 11];
}

std::string compact(std::string_view text) {
  std::string number;
  for (const char c : to_half_width(trim(text)))
    if (c != ' ') number += c == 'x' ? 'X' : c;
  return number;
}

bool has_form(std::string_view number) {
  if (number.size() == old_size) return is_digits(number) && number[0] != '0';
  return number.size() == new_size && is_digits(number.substr(0, new_size - 1)) && number[0] != '0' &&
         (is_digits(number.substr(new_size - 1)) || number.back() == 'X');
}

int read_int(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::optional<std::int32_t> read_code(std::string_view text) {
  if (text.size() != 6 || !is_digits(text)) return std::nullopt;
  return read_int(text);
}

}  // namespace

Result<IdNumber> read_id_number(std::string_view text) {
  std::string number = compact(text);
  if (!has_form(number))
    return refuse(Errc::invalid_input, "id.form", "not an identity card number of 18 or 15 digits",
                  "不是18位或15位的身份证号码");
  const bool is_old_form = number.size() == old_size;
  if (is_old_form) {
    number.insert(6, "19");
    number += check_character(number);
  }
  if (number.back() != check_character(number))
    return refuse(Errc::invalid_input, "id.checksum", "the check character of the identity card number is wrong",
                  "身份证号码校验位不符");
  const std::string_view digits = number;
  const auto birth =
      Date::from_civil(read_int(digits.substr(6, 4)), read_int(digits.substr(10, 2)), read_int(digits.substr(12, 2)));
  constexpr int first_year = 1850;  // nobody alive was born earlier
  if (!birth || birth->year() < first_year)
    return refuse(Errc::invalid_input, "id.birth_date", "the birth date in the identity card number does not exist",
                  "身份证号码中的出生日期不存在");
  return IdNumber{.number = number,
                  .region_code = number.substr(0, 6),
                  .birth = *birth,
                  .is_male = (number[16] - '0') % 2 == 1,
                  .is_old_form = is_old_form};
}

Result<RegionCodes> RegionCodes::read(std::string_view csv) {
  const auto bad_form = [](std::int64_t line) {
    const std::string at = std::to_string(line);
    return refuse(Errc::invalid_input, "region_codes.form", "line " + at + ": not a region code and its name",
                  "第 " + at + " 行：不是行政区划代码及名称");
  };
  CsvReader reader(bytes_of(csv));
  const auto header = SHOUYUE_TRY(reader.next());
  if (!header) return bad_form(1);
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(header->fields, name) - header->fields.begin());
  };
  const std::size_t code_column = column("code"), name_column = column("name");
  const std::size_t last_column = std::max(code_column, name_column);
  if (last_column >= header->fields.size()) return bad_form(1);
  RegionCodes codes;
  while (const auto row = SHOUYUE_TRY(reader.next())) {
    const auto code = last_column < row->fields.size() ? read_code(row->fields[code_column]) : std::nullopt;
    if (!code || row->fields[name_column].empty()) return bad_form(row->line);
    codes.regions_.push_back({.code = *code, .name = std::string(row->fields[name_column])});
  }
  std::ranges::sort(codes.regions_, {}, &Region::code);
  const auto twice = std::ranges::adjacent_find(codes.regions_, {}, &Region::code);
  if (twice == codes.regions_.end()) return codes;
  const std::string code = std::to_string(twice->code);
  return refuse(Errc::invalid_input, "region_codes.duplicate", "region code " + code + " is listed twice",
                "行政区划代码 " + code + " 重复");
}

std::optional<std::string_view> RegionCodes::find(std::int32_t code) const {
  const auto found = std::ranges::lower_bound(regions_, code, {}, &Region::code);
  if (found == regions_.end() || found->code != code) return std::nullopt;
  return found->name;
}

std::optional<std::string_view> RegionCodes::name(std::string_view code) const {
  const auto number = read_code(code);
  return number ? find(*number) : std::nullopt;
}

std::string RegionCodes::full_name(std::string_view code) const {
  const auto number = read_code(code);
  if (!number) return {};
  const std::int32_t province = *number / 10'000 * 10'000, prefecture = *number / 100 * 100;
  std::string result(find(province).value_or(""));
  // 市辖区, 县 and the like stand for a level that people do not name.
  const auto is_named = [](std::string_view name) {
    return name != "市辖区" && name != "县" && !name.ends_with("直辖县级行政区划");
  };
  if (const auto name = find(prefecture); prefecture != province && name && is_named(*name)) result += *name;
  if (const auto name = find(*number); *number != prefecture && name && is_named(*name)) result += *name;
  return result;
}

}  // namespace shouyue
