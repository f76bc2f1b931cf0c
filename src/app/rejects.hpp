#pragma once

#include <filesystem>
#include <fstream>
#include <span>

#include "base/error.hpp"
#include "insurer/formats.hpp"

namespace shouyue::app {

// The file beside an import that lists what was not taken in: line, column, value, rule, message. It exists only when
// there is something to list; one of an earlier import is removed.
class Rejects {
 public:
  explicit Rejects(const std::filesystem::path& imported);
  void add(std::int64_t line, const std::vector<insurer::RowProblem>& problems);
  const std::filesystem::path& path() const { return path_; }
  // Errors: file.cannot_write.
  Result<void> close();

 private:
  std::filesystem::path path_;
  std::ofstream out_;
  bool is_open_ = false;
};

}  // namespace shouyue::app
