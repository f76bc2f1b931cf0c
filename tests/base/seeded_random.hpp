#pragma once

#include <cstdint>
#include <string_view>

// Random numbers for property tests, the same on every machine (SplitMix64). Print the seed with INFO.
class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 … bound - 1
  int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }
  int between(int low, int high) { return low + below(high - low + 1); }
  char one_of(std::string_view characters) {
    return characters[static_cast<std::size_t>(below(static_cast<int>(characters.size())))];
  }

 private:
  std::uint64_t state_;
};
