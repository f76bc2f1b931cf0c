#include "api/noted_export.hpp"

#include <algorithm>
#include <array>

#include "app/audit.hpp"

namespace shouyue::api {
namespace {

constexpr std::size_t filter_bytes_max = 400;

// What the request says about the list itself and not about the file, `kind=problem timeliness=overdue`.
std::string filters_of(const http::Target& target) {
  static constexpr std::array<std::string_view, 4> of_the_file{"format", "language", "after", "limit"};
  std::string filters;
  for (const auto& [name, value] : target.query) {
    if (value.empty() || std::ranges::find(of_the_file, name) != of_the_file.end()) continue;
    filters += " " + name + "=" + value;
  }
  if (filters.size() <= filter_bytes_max) return filters;
  std::size_t end = filter_bytes_max;
  while ((static_cast<unsigned char>(filters[end]) & 0xC0) == 0x80) --end;
  return filters.substr(0, end) + "…";
}

}  // namespace

Result<void> note_download(const Call& call, const std::string& name, const std::string& format, std::int64_t rows) {
  return app::note_export(call.session, name + " " + format + " org=" + call.person->account.org_code +
                                            filters_of(call.request.target) + " rows=" + std::to_string(rows));
}

}  // namespace shouyue::api
