#pragma once

#include <string>

#include "base/error.hpp"
#include "vault/key.hpp"

namespace shouyue::cli {

// The key that a text holds; `where` says to people where it came from. Errors: key.form.
Result<vault::Key> read_key(const std::string& text, const std::string& where);
// The key in a file that nobody but its owner may read. Errors: key.cannot_read, key.readable_by_others, key.form.
Result<vault::Key> read_key_file(const std::string& path);
// Writes a file that was not there, for its owner alone. Errors: key.file_exists, file.cannot_write.
Result<void> write_key_file(const std::string& path, const vault::Key& key);

}  // namespace shouyue::cli
