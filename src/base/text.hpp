#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shouyue {

bool is_ascii(std::string_view text);
// One or more of 0 … 9 and nothing else.
bool is_digits(std::string_view text);

// True for well-formed UTF-8 as of RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);
// Offset of the first byte that does not belong to a well-formed character; npos when there is none.
std::size_t first_invalid_utf8(std::string_view text);

// Without the white space at both ends: ASCII white space, no-break space (U+00A0), ideographic space (U+3000),
// zero-width space (U+200B) and byte order mark (U+FEFF), as spreadsheets leave them.
std::string_view trim(std::string_view text);

// Full-width digits, letters and punctuation (U+FF01 … U+FF5E: ０ Ａ （ ， ：) and the ideographic space become their
// ASCII twins. For numbers, codes and headings; a person's text loses its punctuation by it.
std::string to_half_width(std::string_view text);

// The parts between separators; an empty text has one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
// The start of `text` for a message, whole characters only.
std::string excerpt(std::string_view text, std::size_t bytes_max = 60);
std::string join(std::span<const std::string> parts, std::string_view separator);

// 64 bits of FNV-1a followed by the finaliser of MurmurHash3 (so that the low bits are good too). Buckets in the
// database depend on it: it never changes.
// Source: http://www.isthe.com/chongo/tech/comp/fnv/ (offset basis 14695981039346656037, prime 1099511628211).
constexpr std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdULL;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return hash ^ (hash >> 33);
}

// What may be shown of personal data. What has another form than expected shows less, never more.
//   phone  13812341234 -> 138****1234; 059122345678 -> 0591*****678, 02122345678 -> 021*****678; else the last two
//   id     350102199001011234 -> 350*************34
//   name   张三丰 -> 张**, 欧阳娜娜 -> 欧***
std::string mask_phone(std::string_view number);
std::string mask_id(std::string_view id_number);
std::string mask_name(std::string_view name);

}  // namespace shouyue
