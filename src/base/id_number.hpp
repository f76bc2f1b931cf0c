#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"

namespace shouyue {

// A resident identity card number.
struct IdNumber {
  std::string number;       // 18 characters, the last 0-9 or X; old numbers of 15 digits are brought to this form
  std::string region_code;  // 6 digits, as of the day the number was given
  Date birth;
  bool is_male = false;
  bool is_old_form = false;  // 15 digits
};

// Blanks, full-width digits and a small x are accepted. The messages do not repeat the number, which is personal.
// Errors, first that applies: id.form, id.checksum (18 digits only), id.birth_date.
// Source: GB 11643-1999, check character by ISO 7064 MOD 11-2; GB 11643-1989 for 15 digits (born 19xx).
// Not covered: whether the region code exists (RegionCodes), and whether the number was ever issued.
Result<IdNumber> read_id_number(std::string_view text);

// County, prefecture and province codes with their names, also those given up since: identity cards carry them for
// life.
class RegionCodes {
 public:
  // CSV with the columns `code` (6 digits) and `name`, others are ignored.
  // Errors: region_codes.form, region_codes.duplicate, and those of CsvReader.
  static Result<RegionCodes> read(std::string_view csv);
  // A code that is not known is no reason to refuse an identity card, only to look at it.
  bool is_known(std::string_view code) const { return name(code).has_value(); }
  // 鼓楼区 for 350102.
  std::optional<std::string_view> name(std::string_view code) const;
  // 福建省福州市鼓楼区 for 350102; the parts that are known, empty when there is none.
  std::string full_name(std::string_view code) const;

 private:
  struct Region {
    std::int32_t code;
    std::string name;
  };
  std::optional<std::string_view> find(std::int32_t code) const;

  std::vector<Region> regions_;  // by code
};

}  // namespace shouyue
