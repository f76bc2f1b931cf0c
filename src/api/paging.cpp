#include "api/paging.hpp"

#include <charconv>

namespace shouyue::api {
namespace {

// Empty text leaves the number as it is; gives false for anything that is no number.
bool read_number(std::string_view text, std::size_t& number) {
  if (text.empty()) return true;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Result<Page> page_asked(const http::Request& request) {
  constexpr std::size_t limit_max = 200;
  Page page;
  if (read_number(request.target.parameter("after"), page.from) &&
      read_number(request.target.parameter("limit"), page.limit) && page.limit >= 1 && page.limit <= limit_max)
    return page;
  return refuse(Errc::invalid_input, "request.page", "`after` is what `next` said, `limit` is 1 to 200",
                "after 应为上次返回的 next，limit 为 1 至 200");
}

}  // namespace shouyue::api
