#include "api/page.hpp"

#include <charconv>

namespace shouyue::api {
namespace {

template <class Number>
bool read(std::string_view text, Number& to, Number min, Number max) {
  if (text.empty()) return true;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
  return error == std::errc() && end == text.data() + text.size() && to >= min && to <= max;
}

}  // namespace

Result<Page> page_of(const http::Request& request) {
  Page page;
  if (read(request.target.parameter("after"), page.after, std::int64_t{0}, INT64_MAX) &&
      read(request.target.parameter("limit"), page.limit, 1, 200))
    return page;
  return refuse(Errc::invalid_input, "request.page", "`limit` must be 1 to 200, `after` what `next` said",
                "limit 应为 1 至 200，after 应为上一页给出的 next");
}

}  // namespace shouyue::api
