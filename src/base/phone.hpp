#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace shouyue {

enum class PhoneKind : std::uint8_t {
  mobile,
  landline,
  service,  // 95500, 400…, 800…, 110: no line of a person
};

struct Phone {
  PhoneKind kind = PhoneKind::mobile;
  std::string number = {};         // what is dialled, digits only: 13812345678, 059487654321
  std::string extension = {};      // digits; empty when there is none
  std::string wrong_prefix = {};   // taken off a mobile number: an area code (0594) or 0 that another system put there
  bool has_restored_zero = false;  // the area code had lost its 0, as spreadsheets do: 59187654321
  bool is_without_area_code = false;  // cannot be dialled from another city: 87654321
  bool operator==(const Phone&) const = default;
};

enum class PhoneDefect : std::uint8_t {
  none_given,       // blank, 无, zeros
  not_digits,       // letters or words
  several_numbers,  // 13812345678/87654321
  foreign,          // + with another country than 86
  too_short,
  too_long,
  bad_area_code,  // 0 and an area code that does not exist
  not_assigned,   // the right length, but no number begins so
};

// The number that a text of a core system or a spreadsheet means: full-width digits, +86, 0086, 86, blanks, dashes and
// brackets, extensions (转123, ext. 123, or -123 behind a complete number).
// Source: requirements on intake: number of digits, kinds of defects, and a mobile number behind an area code, which
// one province's system produced for years (0594). Not covered: whether a number of the right form is in use.
std::expected<Phone, PhoneDefect> read_phone(std::string_view text);

std::string_view phone_defect_id(PhoneDefect defect);  // none_given, not_digits …
std::string_view phone_defect_en(PhoneDefect defect);
std::string_view phone_defect_zh(PhoneDefect defect);

}  // namespace shouyue
