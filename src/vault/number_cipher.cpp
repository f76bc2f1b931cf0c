#include "vault/number_cipher.hpp"

#include <bit>
#include <cstring>

#include <sodium.h>

namespace shouyue::vault {

static_assert(std::endian::native == std::endian::little, "numbers are hashed as they lie in memory");
static_assert(crypto_shorthash_KEYBYTES == 16);

NumberCipher::NumberCipher(const Key& key) { std::memcpy(key_.data(), key.data(), key_.size()); }
NumberCipher::~NumberCipher() { sodium_memzero(key_.data(), key_.size()); }

std::uint32_t NumberCipher::scrambled(std::uint32_t half, int round) const {
  const std::uint64_t input = std::uint64_t{static_cast<std::uint32_t>(round)} << 32 | half;
  std::array<unsigned char, sizeof input> bytes;
  std::memcpy(bytes.data(), &input, sizeof input);
  std::array<unsigned char, crypto_shorthash_BYTES> hash;
  crypto_shorthash(hash.data(), bytes.data(), bytes.size(), key_.data());
  std::uint32_t result = 0;
  std::memcpy(&result, hash.data(), sizeof result);
  return result;
}

std::uint64_t NumberCipher::forward(std::uint64_t number) const {
  auto left = static_cast<std::uint32_t>(number >> 32), right = static_cast<std::uint32_t>(number);
  for (int round = 0; round < rounds; ++round) {
    const std::uint32_t next = left ^ scrambled(right, round);
    left = right;
    right = next;
  }
  return std::uint64_t{left} << 32 | right;
}

std::uint64_t NumberCipher::backward(std::uint64_t number) const {
  auto left = static_cast<std::uint32_t>(number >> 32), right = static_cast<std::uint32_t>(number);
  for (int round = rounds - 1; round >= 0; --round) {
    const std::uint32_t before = right ^ scrambled(left, round);
    right = left;
    left = before;
  }
  return std::uint64_t{left} << 32 | right;
}

// The number that would become 0 takes the place of what 0 would become.
std::int64_t NumberCipher::hidden(std::int64_t number) const {
  if (number == 0) return 0;
  const std::uint64_t result = forward(static_cast<std::uint64_t>(number));
  return static_cast<std::int64_t>(result == 0 ? forward(0) : result);
}

std::int64_t NumberCipher::shown(std::int64_t hidden) const {
  if (hidden == 0) return 0;
  const std::uint64_t result = backward(static_cast<std::uint64_t>(hidden));
  return static_cast<std::int64_t>(result == 0 ? backward(0) : result);
}

}  // namespace shouyue::vault
