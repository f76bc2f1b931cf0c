#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vault/key.hpp"

// Files sealed in chunks, so that a part can be opened without what lies before it: the STREAM construction (Hoang,
// Reyhanitabar, Rogaway, Vizár 2015) over XChaCha20-Poly1305. One key seals one file and no other.
namespace shouyue::vault {

constexpr std::size_t chunk_bytes = 64 * 1024;
constexpr std::size_t chunk_growth = 16;  // what sealing adds to each

// The chunk with number `n`, from 0; every chunk but the last has `chunk_bytes` bytes.
std::string seal_chunk(const Key& key, std::uint64_t n, bool is_last, std::string_view bytes);
// Empty when it is another chunk, of another file, or was changed; a file that was cut short has no last chunk.
std::optional<std::string> unseal_chunk(const Key& key, std::uint64_t n, bool is_last, std::string_view sealed);

}  // namespace shouyue::vault
