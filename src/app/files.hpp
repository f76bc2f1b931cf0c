#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"

namespace shouyue::app {

// The whole text of a file. Errors: file.cannot_read.
Result<std::string> read_file(const std::filesystem::path& path);

// SHA-256 of its bytes, as sha256_hex gives it. Errors: file.cannot_read.
Result<std::string> digest_of_file(const std::filesystem::path& path);

// Puts a file that was written beside its place into it; when that fails, removes it. Errors: file.cannot_write.
Result<void> replace_file(const std::filesystem::path& beside, const std::filesystem::path& path);
// The refusal file.cannot_write.
std::unexpected<Error> cannot_write(const std::filesystem::path& path);

// Writes the whole text, first beside the file and then in its place, so that no reader ever sees half of it.
// Errors: file.cannot_write.
Result<void> write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace shouyue::app
