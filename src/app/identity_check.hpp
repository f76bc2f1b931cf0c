#pragma once

#include <string>
#include <vector>

#include "app/call_card.hpp"

namespace shouyue::app {

struct IdentityClaim {
  IdentityItem item = IdentityItem::id_tail;
  std::string said;  // what the person on the line said
};

struct IdentityFinding {
  IdentityItem item = IdentityItem::id_tail;
  bool matches = false;
};

struct IdentityResult {
  bool passed = false;  // everything that was said is right, the document's last characters or the birth date among it
  std::vector<IdentityFinding> findings;
  int tries_left = 0;  // today, for this policy
};

// Compares what was said with what is known, so that nobody has to see it, and notes in the audit journal that it was
// done. Nothing that was said is kept. Errors: identity.nothing_said, identity.not_known (an item that the policy does
// not say), identity.too_many_tries, policy.not_found, those of the store.
Result<IdentityResult> check_identity(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                                      const std::vector<IdentityClaim>& claims);

// Before a call that began at `started_at` may say that the holder was verified: a check of this person's passed since,
// or the policy says nothing that would prove who the holder is. Errors: identity.not_checked, those of the store.
Result<void> require_passed_check(Session& session, const insurer::Policy& policy, Instant started_at);

}  // namespace shouyue::app
