#pragma once

#include "access/account.hpp"
#include "app/policy_deriver.hpp"

namespace shouyue::app {

// Takes in that the policyholder is reached by another phone from today on, and who said so: a change of the policy,
// which counts from the next call on. Recorded in the audit journal, without the number.
// Errors: phone.form, reason.length, policy.not_found for what the account may not see, those of `record`.
Result<DerivedRows> correct_phone(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                  const std::string& policy_no, const std::string& phone, const std::string& reason);

}  // namespace shouyue::app
