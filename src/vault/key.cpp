#include "vault/key.hpp"

#include <sodium.h>

#include "base/text.hpp"

namespace shouyue::vault {
namespace {

constexpr int text_form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
static_assert(Key::size == crypto_generichash_BYTES);

}  // namespace

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

Key Key::make() {
  Bytes bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return Key(bytes);
}

std::optional<Key> Key::read(std::string_view text) {
  const std::string_view trimmed = trim(text);
  Bytes bytes;
  std::size_t read = 0;
  const char* end = nullptr;
  const int failed =
      sodium_base642bin(bytes.data(), bytes.size(), trimmed.data(), trimmed.size(), nullptr, &read, &end, text_form);
  if (failed != 0 || read != size || end != trimmed.data() + trimmed.size()) return std::nullopt;
  return Key(bytes);
}

std::string Key::text() const {
  std::string text(sodium_base64_ENCODED_LEN(size, text_form), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_.data(), bytes_.size(), text_form);
  text.pop_back();
  return text;
}

Key Key::derived(std::string_view purpose) const {
  Bytes bytes;
  crypto_generichash(bytes.data(), bytes.size(), reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                     bytes_.data(), bytes_.size());
  return Key(bytes);
}

}  // namespace shouyue::vault
