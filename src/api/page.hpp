#pragma once

#include <cstdint>

#include "base/error.hpp"
#include "http/message.hpp"

namespace shouyue::api {

// Which part of a list is asked for: `?after=<number>&limit=<1..200>`.
struct Page {
  std::int64_t after = 0;
  int limit = 50;
};
// Errors: request.page.
Result<Page> page_of(const http::Request& request);

}  // namespace shouyue::api
