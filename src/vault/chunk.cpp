#include "vault/chunk.hpp"

#include <array>

#include <sodium.h>

namespace shouyue::vault {
namespace {

static_assert(chunk_growth == crypto_aead_xchacha20poly1305_ietf_ABYTES);
using Nonce = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;

// Each chunk of a file has a nonce of its own: its number, and whether it is the last.
Nonce nonce_of(std::uint64_t n, bool is_last) {
  Nonce nonce{};
  for (std::size_t i = 0; i < sizeof n; ++i) nonce[i] = static_cast<unsigned char>(n >> (8 * i));
  nonce.back() = is_last ? 1 : 0;
  return nonce;
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

std::string seal_chunk(const Key& key, std::uint64_t n, bool is_last, std::string_view bytes) {
  std::string sealed(bytes.size() + chunk_growth, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed), nullptr, bytes_of(bytes), bytes.size(), nullptr, 0,
                                             nullptr, nonce_of(n, is_last).data(), key.data());
  return sealed;
}

std::optional<std::string> unseal_chunk(const Key& key, std::uint64_t n, bool is_last, std::string_view sealed) {
  if (sealed.size() < chunk_growth) return std::nullopt;
  std::string bytes(sealed.size() - chunk_growth, '\0');
  const int failed =
      crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(bytes), nullptr, nullptr, bytes_of(sealed), sealed.size(),
                                                 nullptr, 0, nonce_of(n, is_last).data(), key.data());
  if (failed != 0) return std::nullopt;
  return bytes;
}

}  // namespace shouyue::vault
