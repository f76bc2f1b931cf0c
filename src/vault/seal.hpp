#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vault/key.hpp"

namespace shouyue::vault {

// XChaCha20-Poly1305 with a nonce by chance, as base64. `place` says where the text belongs; it is not part of the
// result, and nothing sealed for another place opens here.
std::string seal(const Key& key, std::string_view text, std::string_view place);
// Empty when the text was sealed by another key, for another place, or was changed since.
std::optional<std::string> unseal(const Key& key, std::string_view sealed, std::string_view place);

// Bytes by chance, as base64: what makes a derived key one of its own.
std::string new_salt();  // 128 bits

}  // namespace shouyue::vault
