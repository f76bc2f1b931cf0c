#include "vault/chunk.hpp"

#include <doctest/doctest.h>

using namespace shouyue::vault;

TEST_CASE("a chunk opens by its key, at its place, unchanged, and as nothing else") {
  const Key key = Key::make();
  for (const std::string& bytes : {std::string(), std::string("RIFF\0\1", 6), std::string(chunk_bytes, 'x')}) {
    const std::string sealed = seal_chunk(key, 7, false, bytes);
    CHECK(sealed.size() == bytes.size() + chunk_growth);
    CHECK(unseal_chunk(key, 7, false, sealed) == bytes);
    CHECK_FALSE(unseal_chunk(key, 8, false, sealed).has_value());
    CHECK_FALSE(unseal_chunk(key, 7, true, sealed).has_value());
    CHECK_FALSE(unseal_chunk(Key::make(), 7, false, sealed).has_value());
    CHECK_FALSE(unseal_chunk(key, 7, false, sealed.substr(1)).has_value());
    std::string changed = sealed;
    changed.back() ^= 1;
    CHECK_FALSE(unseal_chunk(key, 7, false, changed).has_value());
  }
  CHECK_FALSE(unseal_chunk(key, 0, true, "short").has_value());
  CHECK(seal_chunk(key, 0, false, "same") != seal_chunk(key, 256, false, "same"));
}
