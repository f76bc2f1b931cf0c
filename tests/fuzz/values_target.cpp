// Days, moments, amounts and decimals: what is read from any text has one canonical text, which reads as itself.
#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "fuzz/input.hpp"
#include "insurer/field_values.hpp"

using namespace shouyue;

namespace {

template <class Value, class Parse, class Text>
void check_base(std::string_view text, Parse parse, Text text_of_value) {
  const Result<Value> value = parse(text);
  if (!value) return ensure_is_told(value.error());
  const std::string canonical = text_of_value(*value);
  const Result<Value> again = parse(canonical);
  ensure(again && *again == *value && text_of_value(*again) == canonical, "canonical text reads as another value");
}

template <class Value>
void check_field(std::string_view text) {
  Value value{};
  const auto read = insurer::read_value(text, value);
  if (!read) return ensure_is_told(read.error());
  std::string canonical, canonical_again;
  insurer::append_value(canonical, value);
  Value again{};
  ensure(insurer::read_value(canonical, again).has_value() && again == value, "a field's text reads as another value");
  insurer::append_value(canonical_again, again);
  ensure(canonical_again == canonical, "a field's text is not stable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  check_base<Date>(text, Date::parse, [](Date date) { return date.text(); });
  check_base<Instant>(text, Instant::parse, [](Instant instant) { return instant.text(); });
  check_base<Instant>(text, Instant::parse, [](Instant instant) { return instant.plain_text(); });
  check_base<Money>(text, Money::parse, [](Money money) { return money.yuan(); });
  check_base<Decimal>(text, Decimal::parse, [](Decimal decimal) { return decimal.text(); });
  check_base<Decimal>(text, Decimal::parse, [](Decimal decimal) { return decimal.text(6); });
  if (size == 0) return 0;  // fields are read from text that is not empty
  check_field<std::string>(text);
  check_field<Date>(text);
  check_field<Instant>(text);
  check_field<Money>(text);
  check_field<int>(text);
  check_field<bool>(text);
  check_field<insurer::Channel>(text);
  check_field<insurer::Leg>(text);
  check_field<insurer::Connection>(text);
  return 0;
}
