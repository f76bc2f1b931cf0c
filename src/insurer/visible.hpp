#pragma once

#include "base/now.hpp"
#include "insurer/facts.hpp"

namespace shouyue::insurer {

// The facts that have happened by that moment. Reported dates and calls that lie later are left out, and `now`
// remembers the nearest of them. A day counts from its 00:00. The policy itself is kept; ask
// `now.reached(policy.issued_on)`.
PolicyFacts visible_at(PolicyFacts facts, Now& now);

}  // namespace shouyue::insurer
