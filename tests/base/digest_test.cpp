#include "base/digest.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace shouyue;

// Source: FIPS 180-2, appendix B.
TEST_CASE("sha256_hex gives the published sums") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("Sha256 gives the same sum however the bytes are cut") {
  Sha256 sum;
  sum.add("a");
  sum.add("");
  sum.add("bc");
  CHECK(sum.hex() == sha256_hex("abc"));
}
