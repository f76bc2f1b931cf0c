#include "app/managed_accounts.hpp"

#include "app/organisation_part.hpp"
#include "app/scope.hpp"

namespace shouyue::app {

bool manages_accounts_of(const access::Account& manager, const Directory& directory, const std::string& org_code,
                         Date today) {
  return require_whole_company(manager, directory, today) ||
         OrganisationPart(directory, manager.org_code, today).holds(org_code);
}

}  // namespace shouyue::app
