#pragma once

#include "app/fact_history.hpp"
#include "app/policy_deriver.hpp"

namespace shouyue::app {

// What a person wants to see in full, and why.
struct UnmaskRequest {
  // `mobile_phone`: of the policy; `attempt/T1/phone`: of another fact, by its kind and key.
  std::vector<std::string> fields;
  std::string reason;
};

struct UnmaskedField {
  std::string field, text;
};

// The fields in full, as they are now; recorded in the audit journal with the reason before anything is given.
// Errors: reason.length, unmask.no_fields, unmask.unknown_field, those of the store.
Result<std::vector<UnmaskedField>> unmask(Session& session, const LoadedPolicy& policy, const UnmaskRequest& request);

}  // namespace shouyue::app
