#include "vault/signature.hpp"

#include <charconv>

#include <sodium.h>

#include "vault/token.hpp"

namespace shouyue::vault {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string signature(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, bytes_of(out));
  return out;
}

std::string signature_hex(std::string_view key, std::string_view text) { return hex(signature(key, text)); }

std::string request_signature(std::string_view secret, std::int64_t seconds, std::string_view body) {
  return signature_hex(secret, std::to_string(seconds) + "." + std::string(body));
}

bool is_request_signature(std::string_view secret, std::string_view seconds, std::string_view signature,
                          std::int64_t now, std::string_view body) {
  constexpr std::int64_t seconds_apart_max = 300;
  std::int64_t sent = 0;
  const auto [end, fault] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), sent);
  if (fault != std::errc() || end != seconds.data() + seconds.size()) return false;
  if (sent < now - seconds_apart_max || sent > now + seconds_apart_max) return false;
  return equal_secrets(signature, request_signature(secret, sent, body));
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

std::string base64url(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  const int failed = sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &length, &end,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

std::string hex(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes_of(bytes), bytes.size());
  text.pop_back();
  return text;
}

}  // namespace shouyue::vault
