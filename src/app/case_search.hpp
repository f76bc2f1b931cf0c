#pragma once

#include "app/accounts.hpp"
#include "app/case_store.hpp"
#include "app/policy_deriver.hpp"

namespace shouyue::app {

// A case as a list shows it.
struct ListedCase {
  CaseRow row;
  std::string holder_masked, phone_masked;
};

// What a list would show of a policy that is at hand.
ListedCase listed(const LoadedPolicy& policy, const DerivedRows& rows);

struct CaseListRequest {
  std::string org;    // of this organisation and everything below it; empty: of all that the person may see
  CaseFilter filter;  // `orgs` is filled in here
  std::optional<CasePosition> after;
  int limit = 50;
};

// Finding cases within what a person may see; names and phones are masked. The rows are those of the last run.
// Errors: those of the store.
Result<std::vector<ListedCase>> list_cases(Session& session, const PolicyDeriver& deriver,
                                           const access::Account& account, CaseListRequest request);

// One of the three, exactly as it is on paper.
struct CaseQuestion {
  std::optional<std::string> policy_no, phone, id_no;
};

// The cases of one policy, phone or ID number, by number, at most 200, derived at `session.now`. Every phone under
// which a policyholder is or was known counts, not the agent's. Nothing found is no refusal.
// Errors: case_search.one_of, case_search.phone_form, those of the store.
Result<std::vector<ListedCase>> find_cases(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                           const CaseQuestion& question);

}  // namespace shouyue::app
