#pragma once

#include "app/exception_store.hpp"
#include "app/policy_deriver.hpp"

// What the rule books, the ledger and earlier requests say to a request about a policy.
namespace shouyue::app {

// A request that is asked or granted now.
struct PolicyRequest {
  insurer::ExceptionKind kind = insurer::ExceptionKind::waiver;
  std::string value;  // of a rule_book the id of the book, of a revocation the number of what it revokes
};

// The state of the policy, when the request may be carried out on it. Errors: exception.no_waiver,
// exception.nothing_to_waive, exception.unknown_rule_book, exception.same_rule_book, exception.already_settled,
// exception.nothing_held, those of revoked_request and PolicyDeriver.
Result<PolicyState> check_policy_request(Session& session, const PolicyDeriver& deriver, const LoadedPolicy& policy,
                                         const PolicyRequest& request);

// What a revocation revokes. Errors: exception.not_found, exception.not_granted (not, or not any more),
// exception.not_revocable (a month that is closed stays so; a revocation is asked for anew).
Result<ExceptionRow> revoked_request(Session& session, const std::string& subject, const std::string& number);

}  // namespace shouyue::app
