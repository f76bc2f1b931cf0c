#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Proof that a text comes from who holds the key, and was not changed.
namespace shouyue::vault {

// HMAC-SHA256 (RFC 2104) of `text` under `key`, 32 bytes. The key may have any length.
std::string signature(std::string_view key, std::string_view text);
// The same as 64 lower-case hexadecimal digits.
std::string signature_hex(std::string_view key, std::string_view text);

// What a request between systems carries beside its body: HMAC-SHA256 of `<seconds>.<body>` in hexadecimal, with the
// seconds since 1970 of its sending.
std::string request_signature(std::string_view secret, std::int64_t seconds, std::string_view body);
// True for a signature of this body that was made within five minutes of `now`.
bool is_request_signature(std::string_view secret, std::string_view seconds, std::string_view signature,
                          std::int64_t now, std::string_view body);

// Bytes of chance.
std::string random_bytes(std::size_t count);

// Bytes as text that may stand in an address (RFC 4648, section 5, without padding), and back; empty for other text.
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
// Bytes as lower-case hexadecimal digits.
std::string hex(std::string_view bytes);

}  // namespace shouyue::vault
