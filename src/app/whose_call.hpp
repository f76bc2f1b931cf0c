#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/policy_deriver.hpp"

// Who may make and write down a call or a visit.
namespace shouyue::app {

// Whether the agent of that code sold the policy; nobody's code is empty.
bool has_sold(std::string_view agent_code, const insurer::Policy& policy);
// Whoever sold a policy makes no follow-up of it. Errors: visits.by_seller.
Result<void> require_not_sold_by(std::string_view agent_code, const insurer::Policy& policy);

// Who wrote the attempt down, by its newest version; empty: no such attempt is known.
std::optional<std::string> operator_of(const LoadedPolicy& policy, const std::string& attempt_id);

}  // namespace shouyue::app
