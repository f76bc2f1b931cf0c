#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace shouyue::api {

// The rows of a CSV file that the program made and keeps (see KeptFiles), one line each, below its headings; from a
// place in the file on, 0 for its first row.
class KeptRows {
 public:
  KeptRows(const std::filesystem::path& path, std::int64_t from);

  // Empty at the end.
  std::optional<std::vector<std::string>> next();
  std::int64_t place();  // of the next row

 private:
  std::ifstream file_;
};

}  // namespace shouyue::api
