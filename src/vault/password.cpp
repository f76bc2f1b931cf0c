#include "vault/password.hpp"

#include <atomic>
#include <semaphore>

#include <sodium.h>

namespace shouyue::vault {
namespace {

constexpr int at_once = 2, waiting_max = 4;
std::counting_semaphore<at_once> free_turns{at_once};
std::atomic<int> here = 0;  // at work, waiting, or about to be refused

class Turn {
 public:
  Turn() : is_mine_(++here <= at_once + waiting_max) {
    if (is_mine_) free_turns.acquire();
  }
  ~Turn() {
    if (is_mine_) free_turns.release();
    --here;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool is_mine() const { return is_mine_; }

 private:
  bool is_mine_;
};

std::unexpected<Error> busy() {
  return refuse(Errc::rule_broken, "sign_in.busy", "many people sign in at this moment; try again in a few seconds",
                "当前登录人数较多，请几秒后再试");
}

// In a turn.
std::string hash_of(std::string_view password) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  const int failed = crypto_pwhash_str(hash.data(), password.data(), password.size(),
                                       crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
  ensure(failed == 0, "64 MiB for the hash of a password");
  hash.resize(hash.find('\0'));
  return hash;
}

bool fits(const std::string& hash, std::string_view password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace

Result<std::string> password_hash(std::string_view password) {
  const Turn turn;
  if (!turn.is_mine()) return busy();
  return hash_of(password);
}

Result<bool> is_password(std::string_view hash, std::string_view password) {
  const Turn turn;
  if (!turn.is_mine()) return busy();
  return fits(std::string(hash), password);
}

Result<void> spend_a_password_check(std::string_view password) {
  const Turn turn;
  if (!turn.is_mine()) return busy();
  static const std::string nobody = hash_of("");
  (void)fits(nobody, password);
  return {};
}

}  // namespace shouyue::vault
