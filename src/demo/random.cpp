#include "demo/random.hpp"

#include <numeric>

#include "base/error.hpp"
#include "base/text.hpp"

namespace shouyue::demo {
namespace {

std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

constexpr std::uint64_t golden_step = 0x9e3779b97f4a7c15ULL;

}  // namespace

Random::Random(std::uint64_t seed, std::string_view what, std::uint64_t first, std::uint64_t second)
    : state_(mixed(mixed(mixed(seed + golden_step) ^ stable_hash(what)) + first * golden_step) + second) {
  state_ = mixed(state_);
}

std::uint64_t Random::next() {
  state_ += golden_step;
  return mixed(state_);
}

int Random::below(int count) {
  ensure(count > 0, "a draw needs at least one possibility");
  return static_cast<int>((next() >> 32) * static_cast<std::uint64_t>(count) >> 32);
}

int Random::between(int lowest, int highest) { return lowest + below(highest - lowest + 1); }

bool Random::permille(int share) { return below(1000) < share; }

std::size_t Random::weighted(std::span<const int> weights) {
  int rest = below(std::accumulate(weights.begin(), weights.end(), 0));
  std::size_t index = 0;
  while (rest >= weights[index]) rest -= weights[index++];
  return index;
}

}  // namespace shouyue::demo
