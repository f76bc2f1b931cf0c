#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "vault/key.hpp"

// Files that only their key opens, and parts of them: see vault/chunk.hpp.
namespace shouyue::app {

// Seals what `from` holds into `to`, which must not be there; it is on the disk when this returns, and readable by this
// user alone. Errors: file.cannot_read, file.cannot_write.
Result<void> seal_file(const std::filesystem::path& from, const std::filesystem::path& to, const vault::Key& key);

// The bytes `first` … `last`, both inclusive, of a file that had `bytes` bytes before it was sealed.
// Errors: file.cannot_read, file.changed (or sealed by another key).
Result<std::string> read_sealed(const std::filesystem::path& path, const vault::Key& key, std::uint64_t bytes,
                                std::uint64_t first, std::uint64_t last);

}  // namespace shouyue::app
