#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace shouyue::vault {

// A secret key of 256 bits. Its memory is wiped when it goes.
class Key {
 public:
  static constexpr std::size_t size = 32;
  using Bytes = std::array<unsigned char, size>;

  explicit Key(const Bytes& bytes) : bytes_(bytes) {}
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();

  // By chance.
  static Key make();
  // What `text` gives; white space at the ends does not count. Empty when it is no key.
  static std::optional<Key> read(std::string_view text);

  // 43 letters of base64 (RFC 4648, for addresses, without padding).
  std::string text() const;
  const unsigned char* data() const { return bytes_.data(); }

  // Another key that only this one gives: keyed BLAKE2b over `purpose`.
  Key derived(std::string_view purpose) const;

 private:
  Bytes bytes_;
};

}  // namespace shouyue::vault
