#include "app/scope.hpp"

#include <algorithm>

namespace shouyue::app {
namespace {

bool is_in_scope(const access::Account& account, const PolicyDeriver& deriver, const insurer::Policy& policy,
                 Date today) {
  if (!access::may(account.role, access::Permission::read_cases))
    return access::may(account.role, access::Permission::read_own_cases) && !account.agent_code.empty() &&
           account.agent_code == policy.agent_code;
  if (account.org_code.empty() || account.org_code == policy.org_code) return true;
  const auto path = deriver.directory().path(policy.org_code, today);
  return std::ranges::any_of(path, [&](const insurer::Organisation* org) { return org->code == account.org_code; });
}

}  // namespace

Result<void> require_in_scope(const access::Account& account, const PolicyDeriver& deriver,
                              const insurer::Policy& policy, Date today) {
  if (is_in_scope(account, deriver, policy, today)) return {};
  return refuse(Errc::not_found, "policy.not_found", "no policy has the number " + policy.policy_no,
                "保单 " + policy.policy_no + " 不存在");
}

Result<std::string> organisation_asked(const access::Account& account, const Directory& directory,
                                       const std::string& asked, Date today) {
  if (asked.empty()) return account.org_code;
  const auto path = directory.path(asked, today);
  const auto is_own = [&](const insurer::Organisation* org) { return org->code == account.org_code; };
  if (!path.empty() && (account.org_code.empty() || std::ranges::any_of(path, is_own))) return asked;
  return refuse(Errc::not_found, "organisation.not_found", "no organisation has the code " + asked,
                "没有代码为 " + asked + " 的机构");
}

}  // namespace shouyue::app
