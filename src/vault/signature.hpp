#pragma once

#include <optional>
#include <string>
#include <string_view>

// Proof that a text comes from who holds the key, and was not changed.
namespace shouyue::vault {

// HMAC-SHA256 (RFC 2104) of `text` under `key`, 32 bytes. The key may have any length.
std::string signature(std::string_view key, std::string_view text);
// The same as 64 lower-case hexadecimal digits.
std::string signature_hex(std::string_view key, std::string_view text);

// Bytes of chance.
std::string random_bytes(std::size_t count);

// Bytes as text that may stand in an address (RFC 4648, section 5, without padding), and back; empty for other text.
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
// Bytes as lower-case hexadecimal digits.
std::string hex(std::string_view bytes);

}  // namespace shouyue::vault
