#pragma once

#include <filesystem>
#include <memory>

#include "base/error.hpp"

namespace shouyue::app {

// A folder for files that nobody else may look into; it goes with all that is in it.
class TemporaryFolder {
 public:
  // Errors: file.cannot_write.
  static Result<std::shared_ptr<const TemporaryFolder>> make();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace shouyue::app
