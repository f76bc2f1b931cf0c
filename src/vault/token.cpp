#include "vault/token.hpp"

#include <sodium.h>

#include "base/digest.hpp"
#include "vault/key.hpp"

namespace shouyue::vault {

std::string new_token() { return Key::make().text(); }

std::string new_one_time_password() {
  static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string text;
  for (int n = 0; n < 16; ++n) text += letters[randombytes_uniform(letters.size())];
  return text;
}

std::string token_digest(std::string_view token) { return sha256_hex(token); }

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace shouyue::vault
