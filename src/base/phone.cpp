#include "base/phone.hpp"

#include <array>
#include <optional>
#include <utility>

#include "base/area_codes.hpp"
#include "base/text.hpp"

namespace shouyue {
namespace {

using Reading = std::expected<Phone, PhoneDefect>;

bool is_mobile(std::string_view digits) { return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3'; }

bool is_service(std::string_view digits) {
  if (digits.size() == 10) return digits.starts_with("400") || digits.starts_with("800");
  if (digits.starts_with("95") || digits.starts_with("96")) return digits.size() >= 5 && digits.size() <= 8;
  return digits.starts_with('1') && digits.size() >= 3 && digits.size() <= 5;
}

std::unexpected<PhoneDefect> defect(PhoneDefect which) { return std::unexpected(which); }

// A number that begins with 0: an area code and what follows it, or a mobile number behind a trunk prefix.
Reading read_with_zero(std::string_view digits) {
  if (is_mobile(digits.substr(1)))
    return Phone{.kind = PhoneKind::mobile, .number = std::string(digits.substr(1)), .wrong_prefix = "0"};
  const std::size_t area = area_code_size(digits);
  if (area == 0) return defect(digits.size() < 7 ? PhoneDefect::too_short : PhoneDefect::bad_area_code);
  const std::string_view local = digits.substr(area);
  if (is_mobile(local))
    return Phone{
        .kind = PhoneKind::mobile, .number = std::string(local), .wrong_prefix = std::string(digits.substr(0, area))};
  if (is_service(local) && local.size() <= 6) return Phone{.kind = PhoneKind::service, .number = std::string(digits)};
  const std::size_t local_min = area == 3 ? 8 : 7;  // the cities with three digits have long since had eight
  if (local.size() < local_min) return defect(PhoneDefect::too_short);
  if (local.size() > 8) return defect(PhoneDefect::too_long);
  if (local[0] < '2' || local[0] > '8') return defect(PhoneDefect::not_assigned);
  return Phone{.kind = PhoneKind::landline, .number = std::string(digits)};
}

Reading read_digits(std::string_view digits) {
  if (digits.find_first_not_of('0') == std::string_view::npos) return defect(PhoneDefect::none_given);
  if (digits[0] == '0') return read_with_zero(digits);
  if (is_mobile(digits)) return Phone{.kind = PhoneKind::mobile, .number = std::string(digits)};
  if (is_service(digits)) return Phone{.kind = PhoneKind::service, .number = std::string(digits)};
  const bool begins_like_a_line = digits[0] >= '2' && digits[0] <= '8';
  if ((digits.size() == 7 || digits.size() == 8) && begins_like_a_line)
    return Phone{.kind = PhoneKind::landline, .number = std::string(digits), .is_without_area_code = true};
  if (auto restored = read_with_zero("0" + std::string(digits)); restored && restored->kind == PhoneKind::landline) {
    restored->has_restored_zero = true;
    return restored;
  }
  if (digits.size() < 11) return defect(PhoneDefect::too_short);
  return defect(digits.size() > 11 ? PhoneDefect::too_long : PhoneDefect::not_assigned);
}

// Digits behind a country code: there the 0 of the area code is left out by rule.
Reading read_national(std::string_view digits) {
  Reading reading = read_digits(digits);
  if (reading) reading->has_restored_zero = false;
  return reading;
}

std::string without_marks(std::string_view text) {
  std::string rest;
  for (const char c : text)
    if (std::string_view(" -().\t").find(c) == std::string_view::npos) rest += c;
  return rest;
}

// A number without extension.
Reading read_number(std::string_view text) {
  std::string digits = without_marks(text);
  if (digits.starts_with('+') && !digits.starts_with("+86")) return defect(PhoneDefect::foreign);
  for (const std::string_view country : {"+86", "0086"})
    if (digits.starts_with(country) && is_digits(std::string_view(digits).substr(country.size())))
      return read_national(std::string_view(digits).substr(country.size()));
  if (!is_digits(digits)) return defect(PhoneDefect::not_digits);
  if (digits.starts_with("86") && is_mobile(std::string_view(digits).substr(2))) digits.erase(0, 2);
  return read_digits(digits);
}

// `text` is ASCII except for Chinese words, and in lower case.
std::optional<std::pair<std::string_view, std::string>> split_at_extension_word(std::string_view text) {
  for (const std::string_view word : {"分机", "转", "ext", "#"}) {
    const std::size_t at = text.find(word);
    if (at == std::string_view::npos) continue;
    const std::string extension = without_marks(text.substr(at + word.size()));
    if (extension.empty() || extension.size() > 6 || !is_digits(extension)) return std::nullopt;
    std::string_view number = trim(text.substr(0, at));
    while (number.ends_with("转") || number.ends_with('-')) number.remove_suffix(number.ends_with('-') ? 1 : 3);
    return std::pair(number, extension);
  }
  return std::nullopt;
}

Reading with_extension(Reading reading, std::string extension) {
  if (reading) reading->extension = std::move(extension);
  return reading;
}

// Spreadsheets and forms write many dashes and signs; all of them become one.
std::string plain_form(std::string_view text) {
  std::string plain = to_half_width(trim(text));
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> twins = {{
      {"—", "-"},
      {"–", "-"},
      {"‐", "-"},
      {"−", "-"},
      {"\u00A0", " "},
      {"、", "/"},
      {"或", "/"},
  }};
  for (const auto& [from, to] : twins)
    for (std::size_t at = plain.find(from); at != std::string::npos; at = plain.find(from, at + to.size()))
      plain.replace(at, from.size(), to);
  for (char& c : plain)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (plain.ends_with(".0") && is_digits(std::string_view(plain).substr(0, plain.size() - 2)))
    plain.resize(plain.size() - 2);
  return plain;
}

bool says_there_is_none(std::string_view text) {
  for (const std::string_view word : {"", "-", "--", "无", "没有", "暂无", "无电话", "none", "null", "n/a", "na"})
    if (text == word) return true;
  return false;
}

struct DefectText {
  std::string_view id, en, zh;
};

DefectText text_of(PhoneDefect which) {
  switch (which) {
    case PhoneDefect::none_given: return {"none_given", "no number is given", "未留电话"};
    case PhoneDefect::not_digits: return {"not_digits", "the number holds letters or words", "号码含有文字"};
    case PhoneDefect::several_numbers: return {"several_numbers", "several numbers in one field", "一栏填了多个号码"};
    case PhoneDefect::foreign: return {"foreign", "a number outside mainland China", "境外号码"};
    case PhoneDefect::too_short: return {"too_short", "too few digits", "号码位数不足"};
    case PhoneDefect::too_long: return {"too_long", "too many digits", "号码位数过多"};
    case PhoneDefect::bad_area_code: return {"bad_area_code", "the area code does not exist", "区号不存在"};
    case PhoneDefect::not_assigned: return {"not_assigned", "no number begins like this", "号段不存在"};
  }
  return {};
}

}  // namespace

std::expected<Phone, PhoneDefect> read_phone(std::string_view text) {
  if (is_digits(text) && is_mobile(text)) return Phone{.kind = PhoneKind::mobile, .number = std::string(text)};
  const std::string plain = plain_form(text);
  if (says_there_is_none(plain)) return defect(PhoneDefect::none_given);
  if (plain.find_first_of("/,;\n") != std::string::npos) return defect(PhoneDefect::several_numbers);
  if (const auto parts = split_at_extension_word(plain))
    return with_extension(read_number(parts->first), parts->second);
  // `0591-87654321-123`: what stands before the last dash must be complete by itself.
  const std::size_t dash = plain.rfind('-');
  if (dash != std::string::npos && is_digits(std::string_view(plain).substr(dash + 1)) && plain.size() - dash <= 7) {
    const auto number = read_number(std::string_view(plain).substr(0, dash));
    const bool is_complete = number && !number->is_without_area_code && number->kind == PhoneKind::landline;
    if (is_complete) return with_extension(number, plain.substr(dash + 1));
  }
  return read_number(plain);
}

std::string_view phone_defect_id(PhoneDefect which) { return text_of(which).id; }
std::string_view phone_defect_en(PhoneDefect which) { return text_of(which).en; }
std::string_view phone_defect_zh(PhoneDefect which) { return text_of(which).zh; }

}  // namespace shouyue
