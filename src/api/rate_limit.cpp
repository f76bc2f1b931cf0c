#include "api/rate_limit.hpp"

#include <algorithm>

namespace shouyue::api {

bool RateLimit::allow(const std::string& key, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (free_at_.size() >= keys_max) forget_rested(now);
  Clock::time_point& free_at = free_at_[key];
  const auto next = std::max(free_at, now) + refill_;
  if (next > now + burst_ * refill_) return false;
  free_at = next;
  return true;
}

void RateLimit::forget_rested(Clock::time_point now) {
  std::erase_if(free_at_, [now](const auto& entry) { return entry.second <= now; });
}

}  // namespace shouyue::api
