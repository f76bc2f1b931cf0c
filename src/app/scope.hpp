#pragma once

#include <functional>

#include "app/accounts.hpp"
#include "app/policy_deriver.hpp"

namespace shouyue::app {

// What a person may see: policies of the own organisation and of all below it; a sales agent only those that he sold.
// What lies outside is refused as if it were not there.
// Errors: policy.not_found.
Result<void> require_in_scope(const access::Account& account, const PolicyDeriver& deriver,
                              const insurer::Policy& policy, Date today);

// The organisation that a list or a figure is asked for: `asked`, or the person's own when nothing was asked. Empty:
// the whole company. Errors: organisation.not_found (not known, or outside of what the person may see).
Result<std::string> organisation_asked(const access::Account& account, const Directory& directory,
                                       const std::string& asked, Date today);

// The organisations that a person may ask for, by code.
std::vector<const insurer::Organisation*> organisations_in_scope(const access::Account& account,
                                                                 const Directory& directory, Date today);
// Tells of an organisation whether its policies are within what a person may see; empty for one who sees all. May be
// asked by several threads.
std::function<bool(const std::string& org_code)> organisations_held(const access::Account& account,
                                                                    const Directory& directory, Date today);
// Whether a person manages the accounts of an organisation: of the own one and of all below it; head office those of
// all.
bool manages_accounts_of(const access::Account& manager, const Directory& directory, const std::string& org_code,
                         Date today);
// For what concerns the company as a whole: the person belongs to head office. Errors: access.whole_company.
Result<void> require_whole_company(const access::Account& account, const Directory& directory, Date today);

}  // namespace shouyue::app
