#include "api/kept_rows.hpp"

#include "base/csv.hpp"

namespace shouyue::api {

KeptRows::KeptRows(const std::filesystem::path& path, std::int64_t from) : file_(path, std::ios::binary) {
  std::string headings;
  std::getline(file_, headings);
  if (from > 0) file_.seekg(from);
}

std::optional<std::vector<std::string>> KeptRows::next() {
  std::string line;
  while (std::getline(file_, line)) {
    CsvReader reader(bytes_of(line));
    const auto row = reader.next();
    if (row && *row) return std::vector<std::string>((*row)->fields.begin(), (*row)->fields.end());
  }
  return std::nullopt;
}

std::int64_t KeptRows::place() { return file_ ? static_cast<std::int64_t>(file_.tellg()) : 0; }

}  // namespace shouyue::api
