#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace shouyue::demo {

// A stream of numbers that depends on its key alone: the same key gives the same numbers, whatever was drawn before
// elsewhere. So a policy's life can be told again at any moment instead of being remembered.
// Source: SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  Random(std::uint64_t seed, std::string_view what, std::uint64_t first = 0, std::uint64_t second = 0);
  std::uint64_t next();
  int below(int count);                                // 0 … count-1; count > 0
  int between(int lowest, int highest);                // both inclusive
  bool permille(int share);                            // true for `share` of 1000
  std::size_t weighted(std::span<const int> weights);  // index; the sum must be positive

 private:
  std::uint64_t state_;
};

}  // namespace shouyue::demo
