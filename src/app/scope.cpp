#include "app/scope.hpp"

#include <unordered_set>

#include "app/organisation_part.hpp"

namespace shouyue::app {
namespace {

bool is_in_scope(const access::Account& account, const PolicyDeriver& deriver, const insurer::Policy& policy,
                 Date today) {
  if (!access::may(account.role, access::Permission::read_cases))
    return access::may(account.role, access::Permission::read_own_cases) && !account.agent_code.empty() &&
           account.agent_code == policy.agent_code;
  return OrganisationPart(deriver.directory(), account.org_code, today).holds(policy.org_code);
}

}  // namespace

Result<void> require_in_scope(const access::Account& account, const PolicyDeriver& deriver,
                              const insurer::Policy& policy, Date today) {
  if (is_in_scope(account, deriver, policy, today)) return {};
  return policy_not_found(policy.policy_no);
}

Result<std::string> organisation_asked(const access::Account& account, const Directory& directory,
                                       const std::string& asked, Date today) {
  if (asked.empty()) return account.org_code;
  if (directory.has_organisation(asked) && OrganisationPart(directory, account.org_code, today).holds(asked))
    return asked;
  return refuse(Errc::not_found, "organisation.not_found", "no organisation has the code " + asked,
                "没有代码为 " + asked + " 的机构");
}

std::vector<const insurer::Organisation*> organisations_in_scope(const access::Account& account,
                                                                 const Directory& directory, Date today) {
  auto organisations = directory.all(today);
  OrganisationPart own(directory, account.org_code, today);
  std::erase_if(organisations, [&](const insurer::Organisation* org) { return !own.holds(org->code); });
  return organisations;
}

std::function<bool(const std::string&)> organisations_held(const access::Account& account, const Directory& directory,
                                                           Date today) {
  if (account.org_code.empty()) return {};
  std::unordered_set<std::string> held{account.org_code};
  for (const insurer::Organisation* organisation : organisations_in_scope(account, directory, today))
    held.insert(organisation->code);
  return [held = std::move(held)](const std::string& org_code) { return held.contains(org_code); };
}

bool manages_accounts_of(const access::Account& manager, const Directory& directory, const std::string& org_code,
                         Date today) {
  return require_whole_company(manager, directory, today) ||
         OrganisationPart(directory, manager.org_code, today).holds(org_code);
}

Result<void> require_whole_company(const access::Account& account, const Directory& directory, Date today) {
  const insurer::Organisation* own = directory.organisation(account.org_code, today);
  if (account.org_code.empty() || (own && own->parent_code.empty())) return {};
  return refuse(Errc::rule_broken, "access.whole_company", "this is done by head office for the whole company",
                "此操作由总公司统一办理");
}

}  // namespace shouyue::app
