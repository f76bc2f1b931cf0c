#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "http/message.hpp"

// Parts of a body, so that a player can jump (RFC 9110, section 14).
namespace shouyue::api {

struct ByteRange {
  std::uint64_t first = 0, last = 0;  // both inclusive
  bool operator==(const ByteRange&) const = default;
};

struct RangeRequest {
  bool is_asked = false;           // a header of one range of bytes that can be read; anything else is passed over
  std::optional<ByteRange> range;  // empty: it lies outside
};
RangeRequest range_of(std::string_view header, std::uint64_t bytes);

// All `bytes` (at least one) as 200, the part that the request asks for as 206, or 416. Errors: those of `read`.
Result<http::Response> part_answer(const http::Request& request, std::uint64_t bytes, const std::string& content_type,
                                   const std::function<Result<std::string>(const ByteRange&)>& read);

}  // namespace shouyue::api
