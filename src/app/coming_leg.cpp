#include "app/coming_leg.hpp"

namespace shouyue::app {

Result<std::optional<ComingLeg>> coming_leg(const LoadedPolicy& policy, Instant now, int days) {
  const Instant begins_by = Instant::start_of(now.date() + days);
  PolicyState state = SHOUYUE_TRY(PolicyDeriver::derive(policy, now));
  while (!state.follow_up.active && state.wake_at && *state.wake_at < begins_by) {
    now = *state.wake_at;
    state = SHOUYUE_TRY(PolicyDeriver::derive(policy, now));
  }
  if (!state.follow_up.active) return std::optional<ComingLeg>{};
  return std::optional(ComingLeg{std::move(*state.follow_up.active), now});
}

}  // namespace shouyue::app
