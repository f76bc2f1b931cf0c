#include "vault/password.hpp"

#include <sodium.h>

#include "base/error.hpp"

namespace shouyue::vault {

std::string password_hash(std::string_view password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int failed = crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                       crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
  ensure(failed == 0, "64 MiB for the hash of a password");
  hash.resize(hash.find('\0'));
  return hash;
}

bool is_password(std::string_view hash, std::string_view password) {
  return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

void spend_a_password_check(std::string_view password) {
  static const std::string nobody = password_hash("");
  (void)is_password(nobody, password);
}

}  // namespace shouyue::vault
