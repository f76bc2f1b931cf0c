#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace shouyue::demo {

// What makes a policy's follow-up special. Every policy has one; of each run of 1,000 policies each story has exactly
// its share, so that no kind of problem is missing however the dice fall.
enum class Story : std::uint8_t {
  plain,
  doubt_corrected,
  doubt_open,
  proxy_documents,
  proxy_risk_statement,
  health_untrue,
  misselling,
  other_product,
  recording,
  surrender_intended,
  complaint_intended,
  holder_refuses,
  family_refuses,
  identity_fails,
  travelling,
  cancels_in_cooling_off,
  withdraws,
  claim_ends,
  surrenders_later,
  moves_away,
  waiver,
  early_visit,
  no_phone,
  wrong_digits,
  nonexistent_number,
  wrong_number,
  agents_phone,
  shared_phone,
  prefixed_mobile,
  suspended,
  incoming_restricted,
  fax,
  recorder,
  phone_change_reported,
  receipt_never_returned,
  receipt_late,
  signature_differs,
  contract_not_received,
  call_corrected_to_proxy,
  call_corrected_to_clean,
  receipt_corrected,
  phone_corrected,
  name_corrected,
};

struct StoryShare {
  Story story;
  int share;  // of 1000
  std::string_view zh;
  std::string_view en;
};

// In the order of Story; the shares sum to 1000.
std::span<const StoryShare> story_shares();

// Where a policy stands among those of the same story in its run of 1,000: 0 … share-1.
struct StoryPlace {
  Story story;
  int place;
};
StoryPlace story_of(std::uint64_t seed, int policy_index);

// The recorded number does not reach the holder until somebody finds the right one.
bool has_bad_number(Story story);

}  // namespace shouyue::demo
