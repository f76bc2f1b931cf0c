#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "insurer/codes.hpp"

// How one value stands in a file, and its canonical text in the store. `read_value` takes trimmed, non-empty text and
// reads every canonical text; `append_value` appends the canonical text, nothing for a value that is not known.
namespace shouyue::insurer {

Result<void> read_value(std::string_view text, std::string& value);
// `2021-10-08`, `2021/10/8`, or a spreadsheet's day number (44477).
Result<void> read_value(std::string_view text, Date& value);
// `2021-10-08 09:30:00`, with or without offset, or a spreadsheet's day number (44477.395833), to the nearest second.
Result<void> read_value(std::string_view text, Instant& value);
Result<void> read_value(std::string_view text, Money& value);
// A whole number from 0. Errors: import.not_a_number.
Result<void> read_value(std::string_view text, int& value);
// 1 0 是 否 Y N true false. Errors: import.not_a_boolean.
Result<void> read_value(std::string_view text, bool& value);

void append_value(std::string& out, const std::string& value);
void append_value(std::string& out, Date value);
void append_value(std::string& out, Instant value);
void append_value(std::string& out, Money value);
void append_value(std::string& out, int value);
void append_value(std::string& out, bool value);

// Further spellings of a word that files carry, with the index of the word they mean.
struct Spelling {
  std::string_view text;
  std::size_t index;
};
template <class Enum>
std::span<const Spelling> spellings() {
  return {};
}
template <>
std::span<const Spelling> spellings<Channel>();
template <>
std::span<const Spelling> spellings<Level>();
template <>
std::span<const Spelling> spellings<PayMode>();
template <>
std::span<const Spelling> spellings<Leg>();
template <>
std::span<const Spelling> spellings<Connection>();
template <>
std::span<const Spelling> spellings<SpecialRequest>();
template <>
std::span<const Spelling> spellings<ProductType>();

// Errors: import.unknown_word.
Result<void> unknown_word(std::string_view text, std::span<const Word> list);

template <class Enum>
  requires std::is_enum_v<Enum>
Result<void> read_value(std::string_view text, Enum& value) {
  if (const auto found = from_word<Enum>(text)) {
    value = *found;
    return {};
  }
  for (const Spelling& spelling : spellings<Enum>())
    if (spelling.text == text) {
      value = static_cast<Enum>(spelling.index);
      return {};
    }
  return unknown_word(text, words<Enum>());
}

template <class Enum>
  requires std::is_enum_v<Enum>
void append_value(std::string& out, Enum value) {
  out += code_of(value);
}

template <class Value>
Result<void> read_value(std::string_view text, std::optional<Value>& value) {
  Value read{};
  SHOUYUE_CHECK(read_value(text, read));
  value = std::move(read);
  return {};
}

template <class Value>
void append_value(std::string& out, const std::optional<Value>& value) {
  if (value) append_value(out, *value);
}

}  // namespace shouyue::insurer
