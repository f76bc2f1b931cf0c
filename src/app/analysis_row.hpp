#pragma once

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// A case as the conditions of an analysis see it, in the order of regime::analysis_schema.
// The policy's book must have visits.
expr::Row analysis_row(const regime::Analysis& analysis, const LoadedPolicy& policy, const PolicyState& state);

}  // namespace shouyue::app
