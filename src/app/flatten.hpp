#pragma once

#include "app/policy_deriver.hpp"
#include "app/rows.hpp"

namespace shouyue::app {

// The derived state of one policy as the rows that are stored. Errors: calendar.not_covered.
Result<DerivedRows> flatten(const LoadedPolicy& policy, const PolicyState& state);

// A policy that cannot be derived, with what its commission was booked with before.
DerivedRows refused_rows(const std::string& policy_no, const Error& error, const commission::Ledger& ledger = {});

// Clause ids joined by `;`.
std::string clause_ids(const std::vector<const regime::Clause*>& rules);

}  // namespace shouyue::app
