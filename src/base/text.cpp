#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace shouyue {
namespace {

bool are_eight_ascii(const char* bytes) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, 8);
  return (eight & 0x8080808080808080ULL) == 0;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of the well-formed character at the start of `text`, which is not empty; 0 when there is none.
std::size_t character_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < size) return 0;
  // The second byte is narrower after four lead bytes: overlong forms, surrogates and what lies above U+10FFFF.
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < size; ++i)
    if (!is_continuation(text[i])) return 0;
  return size;
}

constexpr std::array<std::string_view, 4> wide_spaces = {"\u00A0", "\u3000", "\u200B", "\uFEFF"};

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string keep_ends(std::string_view text, std::size_t first, std::size_t last) {
  return std::string(text.substr(0, first)) + std::string(text.size() - first - last, '*') +
         std::string(text.substr(text.size() - last));
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text)
    if (!is_continuation(c)) ++count;
  return count;
}

}  // namespace

bool is_digits(std::string_view text) {
  for (const char c : text)
    if (c < '0' || c > '9') return false;
  return !text.empty();
}

bool is_ascii(std::string_view text) {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8)
    if (!are_eight_ascii(text.data() + at)) return false;
  for (; at < text.size(); ++at)
    if (static_cast<unsigned char>(text[at]) >= 0x80) return false;
  return true;
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.size() - at >= 8 && are_eight_ascii(text.data() + at)) {
      at += 8;
      continue;
    }
    const std::size_t size = character_size(text.substr(at));
    if (size == 0) return at;
    at += size;
  }
  return std::string_view::npos;
}

bool is_valid_utf8(std::string_view text) { return first_invalid_utf8(text) == std::string_view::npos; }

std::string_view trim(std::string_view text) {
  for (bool again = true; again && !text.empty();) {
    again = false;
    if (is_ascii_space(text.front()))
      text.remove_prefix(1), again = true;
    else if (is_ascii_space(text.back()))
      text.remove_suffix(1), again = true;
    for (const std::string_view space : wide_spaces) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), again = true;
      if (text.ends_with(space)) text.remove_suffix(space.size()), again = true;
    }
  }
  return text;
}

std::string to_half_width(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const auto byte = [&](std::size_t i) { return i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0U; };
    // U+FF01 … U+FF5E is EF BC 81 … EF BC BF, EF BD 80 … EF BD 9E.
    if (byte(0) == 0xEF && byte(1) == 0xBC && byte(2) >= 0x81 && byte(2) <= 0xBF) {
      result += static_cast<char>(byte(2) - 0x81 + 0x21);
      at += 3;
    } else if (byte(0) == 0xEF && byte(1) == 0xBD && byte(2) >= 0x80 && byte(2) <= 0x9E) {
      result += static_cast<char>(byte(2) - 0x80 + 0x60);
      at += 3;
    } else if (rest.starts_with("\u3000")) {
      result += ' ';
      at += 3;
    } else {
      result += rest[0];
      ++at;
    }
  }
  return result;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string excerpt(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  std::size_t end = bytes_max;
  while (end > 0 && is_continuation(text[end])) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string result;
  for (const std::string& part : parts) {
    if (&part != parts.data()) result += separator;
    result += part;
  }
  return result;
}

std::string mask_phone(std::string_view number) {
  const std::size_t size = number.size();
  if (!is_digits(number)) return std::string(count_characters(number), '*');
  if (size == 11 && number[0] == '1') return keep_ends(number, 3, 4);
  if (size >= 10 && size <= 12 && number[0] == '0')
    return keep_ends(number, number[1] == '1' || number[1] == '2' ? 3 : 4, 3);
  return size >= 7 ? keep_ends(number, 0, 2) : std::string(size, '*');
}

std::string mask_id(std::string_view id_number) {
  const std::size_t characters = count_characters(id_number);
  if (characters != id_number.size() || characters < 9) return std::string(characters, '*');
  return keep_ends(id_number, 3, 2);
}

std::string mask_name(std::string_view name) {
  if (name.empty()) return {};
  const std::size_t first = std::max<std::size_t>(character_size(name), 1);
  return std::string(name.substr(0, first)) + std::string(count_characters(name.substr(first)), '*');
}

}  // namespace shouyue
