#include "vault/key.hpp"

#include <algorithm>

#include <sodium.h>

#include "base/text.hpp"
#include "vault/base64.hpp"

namespace shouyue::vault {

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

Key Key::make() {
  Bytes bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return Key(bytes);
}

std::optional<Key> Key::read(std::string_view text) {
  const auto read = from_base64(trim(text));
  if (!read || read->size() != size) return std::nullopt;
  Bytes bytes;
  std::copy_n(read->begin(), size, bytes.begin());
  return Key(bytes);
}

std::string Key::text() const { return to_base64({reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}); }

Key Key::derived(std::string_view purpose) const {
  Bytes bytes;
  crypto_generichash(bytes.data(), bytes.size(), reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                     bytes_.data(), bytes_.size());
  return Key(bytes);
}

}  // namespace shouyue::vault
