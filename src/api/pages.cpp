#include "api/pages.hpp"

#include <array>
#include <fstream>
#include <sstream>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace shouyue::api {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view index_name = "/index.html", assets_folder = "/assets/", compressed_suffix = ".gz";

std::string type_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".json", "application/json"},
      {".txt", "text/plain; charset=utf-8"},
      {".woff2", "font/woff2"},
  }};
  for (const auto& [suffix, type] : types)
    if (name.ends_with(suffix)) return std::string(type);
  return "application/octet-stream";
}

// The name of an asset changes with its content; what is named without content must be asked for again.
std::string caching_of(std::string_view name) {
  if (name.starts_with(assets_folder)) return "public, max-age=31536000, immutable";
  return name == index_name ? "no-store" : "no-cache";
}

std::shared_ptr<const std::string> text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return file ? std::make_shared<const std::string>(std::move(text).str()) : nullptr;
}

bool takes_gzip(const http::Request& request) {
  for (const std::string_view part : split(request.header("accept-encoding"), ',')) {
    const std::string_view coding = trim(part.substr(0, part.find(';')));
    if (coding == "gzip" || coding == "*") return part.find("q=0") == std::string_view::npos || part.contains("q=0.");
  }
  return false;
}

bool is_page_address(const http::Target& target) {
  return target.segments.empty() ||
         (target.segments.front() != "assets" && target.segments.back().find('.') == std::string::npos);
}

}  // namespace

Result<Pages> Pages::load(const fs::path& folder) {
  Pages pages;
  std::error_code unreadable;
  for (auto entry = fs::recursive_directory_iterator(folder, unreadable); entry != fs::recursive_directory_iterator();
       entry.increment(unreadable)) {
    if (unreadable) break;
    if (!entry->is_regular_file() || entry->path().extension() == compressed_suffix) continue;
    const std::string name = "/" + entry->path().lexically_relative(folder).generic_string();
    File file{.content_type = type_of(name),
              .caching = caching_of(name),
              .tag = {},
              .text = text_of(entry->path()),
              .compressed = text_of(entry->path().string() + std::string(compressed_suffix))};
    if (!file.text) continue;
    file.tag = sha256_hex(*file.text).substr(0, 24);
    pages.files_.emplace(name, std::move(file));
  }
  if (pages.files_.contains(std::string(index_name))) return pages;
  return refuse(Errc::not_found, "pages.missing", "there are no built pages in " + folder.string(),
                folder.string() + " 中没有已构建的网页");
}

std::optional<http::Response> Pages::answer(const http::Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  auto found = files_.find(request.target.path());
  if (found == files_.end() && is_page_address(request.target)) found = files_.find(std::string(index_name));
  if (found == files_.end()) return std::nullopt;
  const File& file = found->second;

  const bool is_compressed = file.compressed && takes_gzip(request);
  const std::string tag = '"' + file.tag + (is_compressed ? "-gz" : "") + '"';
  http::Response response{.content_type = file.content_type,
                          .headers = {{"Cache-Control", file.caching}, {"ETag", tag}, {"Vary", "Accept-Encoding"}},
                          .shared_body = is_compressed ? file.compressed : file.text};
  if (request.header("if-none-match") == tag)
    return http::Response{.status = 304, .headers = std::move(response.headers)};
  if (is_compressed) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

}  // namespace shouyue::api
