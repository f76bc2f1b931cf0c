#pragma once

#include <array>
#include <cstdint>

#include "vault/key.hpp"

namespace shouyue::vault {

// Numbers of 64 bits for numbers of 64 bits, one to one, so that equal numbers can be found without being known. 0
// stays 0. A Feistel network of ten rounds, as in NIST SP 800-38G (FF1), with SipHash-2-4 as its round function.
class NumberCipher {
 public:
  explicit NumberCipher(const Key& key);
  ~NumberCipher();
  std::int64_t hidden(std::int64_t number) const;
  std::int64_t shown(std::int64_t hidden) const;

 private:
  static constexpr int rounds = 10;
  std::uint32_t scrambled(std::uint32_t half, int round) const;
  std::uint64_t forward(std::uint64_t number) const;
  std::uint64_t backward(std::uint64_t number) const;

  std::array<unsigned char, 16> key_;
};

}  // namespace shouyue::vault
