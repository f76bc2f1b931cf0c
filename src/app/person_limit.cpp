#include "app/person_limit.hpp"

#include "app/import_rows.hpp"
#include "regime/rows.hpp"

namespace shouyue::app {

Result<const regime::Clause*> person_limit(const regime::RuleBooks& books, const insurer::Policy& policy,
                                           const insurer::Surroundings& surroundings, int calls_today) {
  const auto& limit = books.visits->followup->person_per_day_max;
  if (!limit || calls_today == 0) return nullptr;
  const auto most = SHOUYUE_TRY(limit->on(policy.issued_on, regime::policy_row(policy, surroundings)));
  return calls_today >= most.value ? most.clause : nullptr;
}

Result<PersonDay> day_of_person(Store& store, const LoadedPolicy& policy, Date day, Instant now, CallsToCome to_come) {
  const insurer::Policy& newest = policy.policy();
  const std::int64_t person = holder_key(newest);
  PersonDay result;
  if (!policy.books->visits || person == 0) return result;
  result.calls = static_cast<int>(to_come.policies.size()) + to_come.more;
  to_come.policies.push_back(policy.policy_no);
  const Contacts contacts = SHOUYUE_TRY(store.contacts_of(person, day, now, to_come.policies));
  result.calls += contacts.all();
  const auto limit_at = [&](int calls) { return person_limit(*policy.books, newest, policy.surroundings, calls); };
  result.used_up = SHOUYUE_TRY(limit_at(contacts.made));
  result.limit = SHOUYUE_TRY(limit_at(result.calls));
  return result;
}

}  // namespace shouyue::app
