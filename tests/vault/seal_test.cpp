#include "vault/seal.hpp"

#include <array>
#include <limits>
#include <set>

#include <doctest/doctest.h>

#include "vault/number_cipher.hpp"

using namespace shouyue::vault;

TEST_CASE("a key goes through a text, and what is no key is refused") {
  const Key key = Key::make();
  CHECK(key.text().size() == 43);
  REQUIRE(Key::read(" " + key.text() + "\n").has_value());
  CHECK(Key::read(key.text())->text() == key.text());
  CHECK(Key::make().text() != key.text());
  for (const std::string& text : {std::string(), std::string("short"), key.text() + "A", key.text().substr(1),
                                  key.text() + "=", "*" + key.text().substr(1)})
    CHECK_FALSE(Key::read(text).has_value());
  CHECK(key.derived("a").text() == key.derived("a").text());
  CHECK(key.derived("a").text() != key.derived("b").text());
  CHECK(key.derived("a").text() != Key::make().derived("a").text());
}

TEST_CASE("a sealed text opens by its key, at its place, unchanged, and by nothing else") {
  const Key key = Key::make();
  for (const std::string& text : {std::string(), std::string("张三"), std::string(5000, 'x')}) {
    const std::string sealed = seal(key, text, "here");
    CHECK(sealed.find("张三") == std::string::npos);
    CHECK(unseal(key, sealed, "here") == text);
    CHECK(seal(key, text, "here") != sealed);
    CHECK_FALSE(unseal(key, sealed, "there").has_value());
    CHECK_FALSE(unseal(Key::make(), sealed, "here").has_value());
    for (const std::size_t at : {std::size_t{0}, sealed.size() / 2, sealed.size() - 2}) {
      std::string changed = sealed;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      CHECK_FALSE(unseal(key, changed, "here").has_value());
    }
    CHECK_FALSE(unseal(key, sealed.substr(0, sealed.size() - 4), "here").has_value());
  }
  CHECK_FALSE(unseal(key, "", "here").has_value());
  CHECK_FALSE(unseal(key, "张三", "here").has_value());
}

TEST_CASE("numbers are hidden one to one, 0 stays, and another key hides otherwise") {
  const NumberCipher cipher(Key::make()), other(Key::make());
  std::set<std::int64_t> hidden;
  constexpr std::array ends{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                            std::int64_t{-1}, std::int64_t{1} << 32};
  for (const std::int64_t number : ends) {
    CHECK(cipher.shown(cipher.hidden(number)) == number);
    CHECK(cipher.hidden(number) != other.hidden(number));
  }
  for (std::int64_t number = 1; number <= 10'000; ++number) {
    CHECK(cipher.shown(cipher.hidden(number)) == number);
    CHECK(cipher.hidden(number) != 0);
    hidden.insert(cipher.hidden(number));
  }
  CHECK(hidden.size() == 10'000);
  CHECK(cipher.hidden(0) == 0);
  CHECK(cipher.shown(0) == 0);
}
