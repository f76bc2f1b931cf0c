#include "api/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "api/problem.hpp"

namespace shouyue::api {
namespace {

std::optional<std::uint64_t> number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string bytes_of(const std::filesystem::path& file, const ByteRange& range) {
  std::string bytes(range.last - range.first + 1, '\0');
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(range.first));
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return bytes;
}

}  // namespace

RangeRequest range_of(std::string_view header, std::uint64_t file_bytes) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return {};
  header.remove_prefix(unit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return {};
  const auto first = number(header.substr(0, dash)), last = number(header.substr(dash + 1));
  const bool is_suffix = dash == 0;
  if ((!is_suffix && !first) || (is_suffix && !last) || (!last && dash + 1 != header.size())) return {};
  if (first && last && *last < *first) return {};
  if (file_bytes == 0 || (first && *first >= file_bytes) || (is_suffix && *last == 0)) return {true, std::nullopt};
  if (is_suffix) return {true, ByteRange{file_bytes - std::min(*last, file_bytes), file_bytes - 1}};
  return {true, ByteRange{*first, std::min(last.value_or(file_bytes - 1), file_bytes - 1)}};
}

http::Response file_answer(const http::Request& request, const std::filesystem::path& file,
                           const std::string& content_type) {
  http::Response response{.content_type = content_type};
  response.headers.emplace_back("Accept-Ranges", "bytes");
  std::error_code ignored;
  const std::uint64_t size = std::filesystem::file_size(file, ignored);
  const RangeRequest asked = range_of(request.header("range"), size);
  const std::string total = std::to_string(size);
  if (!asked.is_asked) {
    response.file = file;
  } else if (!asked.range) {
    response = problem(416, {Errc::invalid_input, "request.range", "the file has " + total + " bytes",
                             "文件共 " + total + " 字节，请求范围超出"});
    response.headers.emplace_back("Content-Range", "bytes */" + total);
  } else {
    response.status = 206;
    response.body = bytes_of(file, *asked.range);
    response.headers.emplace_back("Content-Range", "bytes " + std::to_string(asked.range->first) + "-" +
                                                       std::to_string(asked.range->last) + "/" + total);
  }
  return response;
}

}  // namespace shouyue::api
