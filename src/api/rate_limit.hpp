#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace shouyue::api {

// How often something may be asked: `burst` times at once, then once every `refill`, counted for each key.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;
  RateLimit(int burst, std::chrono::milliseconds refill) : burst_(burst), refill_(refill) {}

  // Gives false when it is too often.
  bool allow(const std::string& key, Clock::time_point now = Clock::now());

 private:
  static constexpr std::size_t keys_max = 100'000;
  void forget_rested(Clock::time_point now);

  const int burst_;
  const std::chrono::milliseconds refill_;
  std::mutex mutex_;
  std::unordered_map<std::string, Clock::time_point> free_at_;  // when the whole burst is free again
};

}  // namespace shouyue::api
