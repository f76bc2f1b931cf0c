#include "api/byte_range.hpp"

#include <algorithm>
#include <charconv>

#include "api/problem.hpp"

namespace shouyue::api {
namespace {

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

RangeRequest range_of(std::string_view header, std::uint64_t bytes) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return {};
  header.remove_prefix(unit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return {};
  const auto first = number(header.substr(0, dash)), last = number(header.substr(dash + 1));
  const bool is_suffix = dash == 0;
  if ((!is_suffix && !first) || (is_suffix && !last) || (!last && dash + 1 != header.size())) return {};
  if (first && last && *last < *first) return {};
  if (bytes == 0 || (first && *first >= bytes) || (is_suffix && *last == 0)) return {true, std::nullopt};
  if (is_suffix) return {true, ByteRange{bytes - std::min(*last, bytes), bytes - 1}};
  return {true, ByteRange{*first, std::min(last.value_or(bytes - 1), bytes - 1)}};
}

Result<http::Response> part_answer(const http::Request& request, std::uint64_t bytes, const std::string& content_type,
                                   const std::function<Result<std::string>(const ByteRange&)>& read) {
  const RangeRequest asked = range_of(request.header("range"), bytes);
  const std::string total = std::to_string(bytes);
  http::Response response{.content_type = content_type};
  if (asked.is_asked && !asked.range) {
    response = problem(416, {Errc::invalid_input, "request.range", "there are " + total + " bytes",
                             "共 " + total + " 字节，请求范围超出"});
    response.headers.emplace_back("Content-Range", "bytes */" + total);
    return response;
  }
  const ByteRange part = asked.range.value_or(ByteRange{0, bytes - 1});
  response.body = SHOUYUE_TRY(read(part));
  response.headers.emplace_back("Accept-Ranges", "bytes");
  if (!asked.is_asked) return response;
  response.status = 206;
  response.headers.emplace_back("Content-Range",
                                "bytes " + std::to_string(part.first) + "-" + std::to_string(part.last) + "/" + total);
  return response;
}

}  // namespace shouyue::api
