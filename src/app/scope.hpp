#pragma once

#include "app/accounts.hpp"
#include "app/policy_deriver.hpp"

namespace shouyue::app {

// What a person may see: policies of the own organisation and of all below it; a sales agent only those that he sold.
// What lies outside is refused as if it were not there.
// Errors: policy.not_found.
Result<void> require_in_scope(const access::Account& account, const PolicyDeriver& deriver,
                              const insurer::Policy& policy, Date today);

}  // namespace shouyue::app
