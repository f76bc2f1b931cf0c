#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "insurer/formats.hpp"

namespace shouyue::app {

// How the heading of a file fits one kind.
struct KindFit {
  insurer::FileKind kind = insurer::FileKind::policies;
  int matched = 0;                   // columns that the kind knows
  std::vector<std::string> unknown;  // headings that it does not know
  std::optional<Error> fault;        // why the file cannot be of this kind
};

struct FilePreview {
  std::string digest;      // SHA-256
  std::int64_t lines = 0;  // of a CSV file with its heading, nearly; 0: not known
  std::vector<std::string> headings;
  std::vector<KindFit> kinds;  // the best first: those without a fault, by columns that match
  std::optional<insurer::FileKind> guess() const;
};

// Looks at the heading of a file and at nothing more. Errors: those of ImportSource; import.empty_file.
Result<FilePreview> preview_file(const std::filesystem::path& path);

}  // namespace shouyue::app
