// A phone number read from any text is digits that can be dialled, and reads as itself.
#include "base/phone.hpp"
#include "base/text.hpp"
#include "fuzz/input.hpp"

using namespace shouyue;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const auto phone = read_phone(text);
  if (!phone) {
    ensure(!phone_defect_id(phone.error()).empty() && !phone_defect_en(phone.error()).empty() &&
               !phone_defect_zh(phone.error()).empty(),
           "a defect without a name");
    return 0;
  }
  ensure(is_digits(phone->number) && phone->number.size() <= 12, "a number of something else than digits");
  ensure(phone->extension.empty() || is_digits(phone->extension), "an extension of something else than digits");
  ensure(phone->kind != PhoneKind::mobile || phone->number.size() == 11, "a mobile number of another length");
  const auto again = read_phone(phone->number);
  ensure(again && again->number == phone->number && again->kind == phone->kind, "a read number reads as another one");
  ensure(again->wrong_prefix.empty() && !again->has_restored_zero, "a read number is mended a second time");
  const std::string masked = mask_phone(phone->number);
  ensure(masked.size() == phone->number.size() && masked.find('*') != std::string::npos, "a mask that hides nothing");
  return 0;
}
