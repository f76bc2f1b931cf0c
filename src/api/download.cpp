#include "api/download.hpp"

#include <algorithm>

#include "app/table_file.hpp"
#include "app/temporary_folder.hpp"

namespace shouyue::api {
namespace {

std::string content_type_of(const std::filesystem::path& path) {
  if (path.extension() == ".xlsx") return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return path.extension() == ".html" ? "text/html; charset=utf-8" : "text/csv; charset=utf-8";
}

// RFC 5987: every byte but letters, digits, dot and hyphen as %XX.
std::string escaped(const std::string& name) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (is_plain)
      text += c;
    else
      text.append({'%', digits[byte >> 4], digits[byte & 15]});
  }
  return text;
}

}  // namespace

Result<http::Response> download(const std::string& name,
                                const std::function<Result<void>(const std::filesystem::path&)>& write) {
  const auto folder = SHOUYUE_TRY(app::TemporaryFolder::make());
  const std::filesystem::path path = folder->path() / ("download" + std::filesystem::path(name).extension().string());
  SHOUYUE_CHECK(write(path));
  http::Response response{.content_type = content_type_of(path), .file = path, .kept = folder};
  response.headers.emplace_back("Content-Disposition", "attachment; filename*=UTF-8''" + escaped(name));
  return response;
}

Result<http::Response> download_table(const std::string& name, const std::vector<std::vector<std::string>>& rows) {
  return download(name, [&rows](const std::filesystem::path& path) -> Result<void> {
    app::TableFile file(path, app::CsvReading::spreadsheet);
    for (const auto& row : rows) file.row(row);
    return file.close();
  });
}

Result<std::string> format_asked(const http::Request& request, std::initializer_list<std::string_view> allowed) {
  const std::string_view format = request.target.parameter("format");
  if (format.empty() || std::ranges::find(allowed, format) != allowed.end()) return std::string(format);
  std::string known;
  for (const std::string_view one : allowed) known += (known.empty() ? "" : ", ") + std::string(one);
  return refuse(Errc::invalid_input, "request.format", "'" + std::string(format) + "' is not one of: " + known,
                "“" + std::string(format) + "”不是可用的格式：" + known);
}

}  // namespace shouyue::api
