// An identity card number read from any text has 18 characters and reads as itself; the region codes hold any file.
#include "base/id_number.hpp"
#include "base/text.hpp"
#include "fuzz/input.hpp"

using namespace shouyue;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  if (text.find('\n') != std::string_view::npos) {
    if (const auto regions = RegionCodes::read(text)) regions->full_name(text.substr(0, 6));
  }
  mask_id(text);
  mask_name(text);
  const auto id = read_id_number(text);
  if (!id) {
    ensure_is_told(id.error());
    ensure(size < 6 || !is_digits(text) || id.error().en.find(text) == std::string::npos,
           "the refusal repeats the number");
    return 0;
  }
  ensure(id->number.size() == 18 && is_digits(id->number.substr(0, 17)), "a number of another form");
  ensure(id->region_code == id->number.substr(0, 6), "the region is not that of the number");
  std::string birth = id->birth.text();
  std::erase(birth, '-');
  ensure(birth == id->number.substr(6, 8), "the birth date is not that of the number");
  ensure(((id->number[16] - '0') % 2 == 1) == id->is_male, "the sex is not that of the number");
  const auto again = read_id_number(id->number);
  ensure(again && again->number == id->number && !again->is_old_form, "a read number reads as another one");
  ensure(mask_id(id->number).find(id->number.substr(6, 8)) == std::string::npos, "the mask shows the birth date");
  return 0;
}
