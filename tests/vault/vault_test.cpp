#include <doctest/doctest.h>

#include "vault/password.hpp"
#include "vault/token.hpp"

using namespace shouyue::vault;

TEST_CASE("a password is known again by its hash, another is not") {
  const std::string hash = password_hash("一句话 passphrase");
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(is_password(hash, "一句话 passphrase"));
  CHECK(!is_password(hash, "一句话 passphrasE"));
  CHECK(!is_password("", "x"));
  CHECK(password_hash("same") != password_hash("same"));
}

TEST_CASE("tokens never repeat, and their digest says nothing of them") {
  const std::string a = new_token(), b = new_token();
  CHECK(a.size() == 43);
  CHECK(a != b);
  CHECK(a.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == std::string::npos);
  CHECK(token_digest(a).size() == 64);
  CHECK(token_digest(a) != token_digest(b));
  CHECK(new_one_time_password().size() == 16);
  CHECK(equal_secrets("abc", "abc"));
  CHECK(!equal_secrets("abc", "abd"));
  CHECK(!equal_secrets("abc", "ab"));
}
