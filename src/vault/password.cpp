#include "vault/password.hpp"

#include <semaphore>

#include <sodium.h>

#include "base/error.hpp"

namespace shouyue::vault {
namespace {

// Each takes 64 MiB while it lasts.
std::counting_semaphore<2> two_at_once{2};

class Turn {
 public:
  Turn() { two_at_once.acquire(); }
  ~Turn() { two_at_once.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

}  // namespace

std::string password_hash(std::string_view password) {
  const Turn turn;
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int failed = crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                       crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
  ensure(failed == 0, "64 MiB for the hash of a password");
  hash.resize(hash.find('\0'));
  return hash;
}

bool is_password(std::string_view hash, std::string_view password) {
  const Turn turn;
  return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

void spend_a_password_check(std::string_view password) {
  static const std::string nobody = password_hash("");
  (void)is_password(nobody, password);
}

}  // namespace shouyue::vault
