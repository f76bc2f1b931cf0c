#include "vault/seal.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "base/base64.hpp"

namespace shouyue::vault {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t salt_size = 16;
static_assert(Key::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// Chooses the fastest code for this processor, once.
void make_ready() {
  static const int ready = sodium_init();
  (void)ready;
}

// Bytes by chance for many small uses: asking the system for each costs more than sealing.
class Chance {
 public:
  ~Chance() { sodium_memzero(pool_.data(), pool_.size()); }
  void fill(unsigned char* bytes, std::size_t size) {
    if (used_ + size > pool_.size()) {
      randombytes_buf(pool_.data(), pool_.size());
      used_ = 0;
    }
    std::copy_n(pool_.data() + used_, size, bytes);
    used_ += size;
  }

 private:
  std::array<unsigned char, 4096> pool_{};
  std::size_t used_ = pool_.size();
};
thread_local Chance chance;

}  // namespace

std::string seal(const Key& key, std::string_view text, std::string_view place) {
  make_ready();
  std::string sealed(nonce_size + text.size() + tag_size, '\0');
  chance.fill(bytes_of(sealed), nonce_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(sealed) + nonce_size, nullptr, bytes_of(text), text.size(),
                                             bytes_of(place), place.size(), nullptr, bytes_of(sealed), key.data());
  return base64_of(sealed);
}

std::optional<std::string> unseal(const Key& key, std::string_view sealed, std::string_view place) {
  make_ready();
  auto bytes = from_base64(sealed);
  if (!bytes || bytes->size() < nonce_size + tag_size) return std::nullopt;
  std::string text(bytes->size() - nonce_size - tag_size, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(text), nullptr, nullptr, bytes_of(*bytes) + nonce_size, bytes->size() - nonce_size, bytes_of(place),
      place.size(), bytes_of(*bytes), key.data());
  if (failed != 0) return std::nullopt;
  return text;
}

std::string new_salt() {
  std::string salt(salt_size, '\0');
  chance.fill(bytes_of(salt), salt.size());
  return base64_of(salt);
}

}  // namespace shouyue::vault
