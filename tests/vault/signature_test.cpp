#include "vault/signature.hpp"

#include <doctest/doctest.h>

using namespace shouyue;

// RFC 4231, test cases 1 and 2.
TEST_CASE("HMAC-SHA256 is the one of the standard") {
  CHECK(vault::signature_hex(std::string(20, '\x0b'), "Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(vault::signature_hex("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("a signature holds for its body and for five minutes on both sides") {
  const std::string secret = "0123456789abcdef", body = R"({"id":"1"})";
  const std::string signature = vault::request_signature(secret, 1'000'000, body);
  const auto holds = [&](std::string_view seconds, std::int64_t now, std::string_view of) {
    return vault::is_request_signature(secret, seconds, signature, now, of);
  };
  CHECK(holds("1000000", 1'000'000, body));
  CHECK(holds("1000000", 1'000'300, body));
  CHECK(holds("1000000", 999'700, body));
  CHECK_FALSE(holds("1000000", 1'000'301, body));
  CHECK_FALSE(holds("1000000", 999'699, body));
  CHECK_FALSE(holds("1000001", 1'000'000, body));
  CHECK_FALSE(holds("1000000x", 1'000'000, body));
  CHECK_FALSE(holds("", 1'000'000, body));
  CHECK_FALSE(holds("1000000", 1'000'000, R"({"id":"2"})"));
  CHECK_FALSE(vault::is_request_signature("another secret..", "1000000", signature, 1'000'000, body));
}

TEST_CASE("bytes as text and back") {
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string bytes = vault::random_bytes(length);
    CHECK(vault::from_base64url(vault::base64url(bytes)) == bytes);
  }
  for (const char* strange : {"a", "a b", "ab=", "ab+/", "ab\n"}) CHECK_FALSE(vault::from_base64url(strange));
}
