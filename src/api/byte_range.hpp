#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "http/message.hpp"

// Parts of files, so that a player can jump (RFC 9110, section 14).
namespace shouyue::api {

struct ByteRange {
  std::uint64_t first = 0, last = 0;  // both inclusive
  bool operator==(const ByteRange&) const = default;
};

struct RangeRequest {
  bool is_asked = false;           // a header of one range of bytes that can be read; anything else is passed over
  std::optional<ByteRange> range;  // empty: it lies outside the file
};
RangeRequest range_of(std::string_view header, std::uint64_t file_bytes);

// The file as 200, the part that the request asks for as 206, or 416.
http::Response file_answer(const http::Request& request, const std::filesystem::path& file,
                           const std::string& content_type);

}  // namespace shouyue::api
