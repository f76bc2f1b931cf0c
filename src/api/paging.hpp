#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "http/message.hpp"

// Lists in pieces: `?after=<what `next` said>&limit=<1 to 200>`.
namespace shouyue::api {

struct Page {
  std::size_t from = 0, limit = 50;
};
// Errors: request.page.
Result<Page> page_asked(const http::Request& request);

// Cuts `rows` to the page; gives what `next` is then, empty at the end.
template <class Row>
std::optional<std::string> cut_to(std::vector<Row>& rows, const Page& page) {
  const std::size_t from = std::min(page.from, rows.size()), to = std::min(from + page.limit, rows.size());
  const bool is_end = to == rows.size();
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(to), rows.end());
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(from));
  return is_end ? std::nullopt : std::optional(std::to_string(to));
}

}  // namespace shouyue::api
