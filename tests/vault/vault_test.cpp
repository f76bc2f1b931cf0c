#include <atomic>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "vault/password.hpp"
#include "vault/token.hpp"

using namespace shouyue::vault;

TEST_CASE("a password is known again by its hash, another is not") {
  const std::string hash = password_hash("一句话 passphrase").value();
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(is_password(hash, "一句话 passphrase").value());
  CHECK(!is_password(hash, "一句话 passphrasE").value());
  CHECK(!is_password("", "x").value());
  CHECK(password_hash("same").value() != password_hash("same").value());
}

TEST_CASE("a few wait for their turn with a password, more are refused at once") {
  const std::string hash = password_hash("一句话 passphrase").value();
  std::atomic<int> right = 0, refused = 0;
  {
    std::vector<std::jthread> people;
    for (int i = 0; i < 24; ++i)
      people.emplace_back([&] {
        const auto fits = is_password(hash, "一句话 passphrase");
        if (fits && *fits) ++right;
        if (!fits && fits.error().rule == "sign_in.busy") ++refused;
      });
  }
  CHECK(right + refused == 24);
  CHECK(right >= 2);
  CHECK(refused > 0);
  CHECK(is_password(hash, "一句话 passphrase").value());
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
