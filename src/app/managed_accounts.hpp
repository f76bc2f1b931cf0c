#pragma once

#include <string>

#include "access/account.hpp"
#include "app/directory.hpp"

namespace shouyue::app {

// Whether a person manages the accounts of an organisation: of the own one and of all below it, as they stand on the
// day; head office those of all.
bool manages_accounts_of(const access::Account& manager, const Directory& directory, const std::string& org_code,
                         Date today);

}  // namespace shouyue::app
