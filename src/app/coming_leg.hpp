#pragma once

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// A leg on which attempts are taken from the worklist, as it is at `from`: now, or when it begins.
struct ComingLeg {
  followup::ActiveLeg leg;
  Instant from;
};

// The leg that is open at `now`, or else the first that opens by time alone within so many days; empty when none does.
// What is promised is promised on it: its start, its hours and its end. The clauses belong to the policy's books.
// Errors: those of PolicyDeriver::derive.
Result<std::optional<ComingLeg>> coming_leg(const LoadedPolicy& policy, Instant now, int days);

}  // namespace shouyue::app
