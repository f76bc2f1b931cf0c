#pragma once

#include "demo/life.hpp"
#include "insurer/facts.hpp"

namespace shouyue::demo {

// A case that may be worked now, as the engine's worklist gives it.
struct WorkItem {
  std::string policy_no;
  insurer::Leg leg = insurer::Leg::first_call;
  int attempt_no = 1;  // of the policy over all legs, from 1
  std::string phone;   // what would be dialled; empty when the caller of the demo does not know
};

// What comes of one attempt. Pure: the same life, item and moment give the same attempt.
// The shapes (how many calls a case needs, how long calls last) are those of public call logs of other countries and
// other trades; they make the picture lively and say nothing about Chinese policyholders.
insurer::Attempt simulate_call(const Life& life, const WorkItem& item, Instant started_at, const CallShapes& shapes,
                               std::uint64_t seed);

// What a later hearing of the recording makes of an attempt; empty when it stands. Only the stories of corrected calls.
std::optional<insurer::Attempt> heard_again(const Life& life, const insurer::Attempt& attempt);

}  // namespace shouyue::demo
