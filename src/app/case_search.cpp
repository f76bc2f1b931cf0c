#include "app/case_search.hpp"

#include <algorithm>

#include "app/callable_case.hpp"
#include "app/import_rows.hpp"
#include "app/scope.hpp"
#include "base/text.hpp"
#include "insurer/fact_text.hpp"
#include "insurer/id_types.hpp"

namespace shouyue::app {
namespace {

constexpr int found_max = 200;

void add_person(const insurer::Policy& policy, ListedCase& listed) {
  listed.holder_masked = mask_name(policy.holder_name);
  for (const std::string* phone : {&policy.mobile_phone, &policy.home_phone, &policy.work_phone})
    if (listed.phone_masked.empty() && !phone->empty()) listed.phone_masked = mask_phone(*phone);
}

bool lies_below(const Directory& directory, const std::string& code, const std::string& top, Date today) {
  if (top.empty() || code == top) return true;
  return std::ranges::any_of(directory.path(code, today),
                             [&](const insurer::Organisation* organisation) { return organisation->code == top; });
}

Result<std::vector<std::string>> policies_of_id(Session& session, const std::string& id_no) {
  std::vector<std::string> found;
  std::string number = to_half_width(trim(id_no));
  std::ranges::replace(number, 'x', 'X');
  for (const std::string_view type : insurer::id_types()) {
    insurer::Policy asked;
    asked.holder_id_type = type;
    asked.holder_id_no = number;
    auto policies = SHOUYUE_TRY(session.store.cases().policies_of_person(holder_key(asked), found_max));
    std::ranges::move(policies, std::back_inserter(found));
  }
  return found;
}

Result<std::vector<std::string>> policies_for(Session& session, const CaseQuestion& question) {
  if (question.policy_no.has_value() + question.phone.has_value() + question.id_no.has_value() != 1)
    return refuse(Errc::invalid_input, "case_search.one_of", "ask for one of: policy_no, phone, id_no",
                  "请按保单号、电话、证件号码之一查询");
  if (question.policy_no) return std::vector{std::string(trim(*question.policy_no))};
  if (question.id_no) return policies_of_id(session, *question.id_no);
  const std::int64_t phone = phone_key(*question.phone);
  if (phone == 0)
    return refuse(Errc::invalid_input, "case_search.phone_form", "this is no telephone number", "电话号码格式不正确");
  return session.store.cases().policies_with_phone(phone, found_max);
}

}  // namespace

ListedCase listed(const LoadedPolicy& policy, const DerivedRows& rows) {
  const insurer::Policy& newest = policy.policy();
  ListedCase listed;
  if (rows.kase) listed.row = *rows.kase;
  listed.row.policy_no = policy.policy_no;
  listed.row.org_code = newest.org_code;
  listed.row.agent_code = newest.agent_code;
  listed.row.product_code = newest.product_code;
  listed.row.channel = newest.channel;
  listed.row.issued_on = newest.issued_on;
  listed.row.premium = newest.premium;
  add_person(newest, listed);
  if (const auto phone = phone_in_use(insurer::as_known(policy.versions, policy.newest_seq())))
    listed.phone_masked = mask_phone(*phone);
  return listed;
}

Result<std::vector<ListedCase>> list_cases(Session& session, const PolicyDeriver& deriver,
                                           const access::Account& account, CaseListRequest request) {
  const Date today = session.now.date();
  auto orgs = SHOUYUE_TRY(session.store.cases().organisations());
  std::erase_if(orgs, [&](const std::string& code) {
    return !lies_below(deriver.directory(), code, account.org_code, today) ||
           !lies_below(deriver.directory(), code, request.org, today);
  });
  request.filter.orgs = std::move(orgs);
  auto rows = SHOUYUE_TRY(session.store.cases().list(request.filter, request.after, request.limit));
  std::vector<FactKey> keys;
  for (const CaseRow& row : rows)
    keys.push_back({.kind = insurer::FactKind::policy, .policy_no = row.policy_no, .key = ""});
  const auto newest = SHOUYUE_TRY(session.store.newest(keys));
  std::vector<ListedCase> shown;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    insurer::Policy policy;
    if (newest[i]) SHOUYUE_CHECK(insurer::decode(newest[i]->body, newest[i]->personal, policy));
    shown.push_back({.row = std::move(rows[i]), .holder_masked = {}, .phone_masked = {}});
    add_person(policy, shown.back());
  }
  return shown;
}

Result<std::vector<ListedCase>> find_cases(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                           const CaseQuestion& question) {
  const auto policies = SHOUYUE_TRY(policies_for(session, question));
  auto loaded = SHOUYUE_TRY(deriver.read_each(policies, session.now));
  std::vector<ListedCase> found;
  for (auto& policy : loaded) {
    if (!policy && policy.error().code == Errc::environment) return std::unexpected(policy.error());
    if (!policy || !require_in_scope(account, deriver, policy->policy(), session.now.date())) continue;
    found.push_back(listed(*policy, PolicyDeriver::derive_rows(*policy, session.now)));
  }
  std::ranges::sort(found, {}, [](const ListedCase& listed) { return listed.row.policy_no; });
  return found;
}

}  // namespace shouyue::app
