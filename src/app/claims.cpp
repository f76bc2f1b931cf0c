#include "app/claims.hpp"

#include <unordered_map>

#include "app/import_rows.hpp"
#include "app/person_limit.hpp"

namespace shouyue::app {
namespace {

std::unexpected<Error> taken(const std::string& policy_no) {
  return refuse(Errc::conflict, "claim.taken", "another seat holds " + policy_no,
                "保单 " + policy_no + " 已由其他坐席领取");
}

// In a transaction. `chosen`: other cases of the person that are about to be claimed. Errors: claim.person_per_day_max.
Result<void> keep_budget(Session& session, const LoadedPolicy& policy, std::vector<std::string> chosen) {
  const Date today = session.now.date();
  const PersonDay day =
      SHOUYUE_TRY(day_of_person(session.store, policy, today, session.now, {.policies = std::move(chosen), .more = 0}));
  if (!day.limit) return {};
  const std::string times = std::to_string(day.calls);
  return refuse(
      Errc::rule_broken, "claim.person_per_day_max",
      "this person has " + times + " calls today, made or taken by other seats; " + day.limit->id + " allows no more",
      "该客户今日已拨打或已被领取 " + times + " 次，" + day.limit->id + " 不再允许");
}

// In a transaction. The cases of the worklist that keep the budgets of their persons, best first.
Result<std::vector<WorklistRow>> choose(Session& session, const WorklistRequest& request, PolicyDeriver& deriver) {
  std::vector<WorklistRow> chosen;
  std::unordered_map<std::int64_t, std::vector<std::string>> chosen_of;  // by person
  for (WorklistRow& row : SHOUYUE_TRY(worklist(session, request))) {
    const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(row.policy_no, session.now));
    std::vector<std::string>& of_person = chosen_of[holder_key(policy.policy())];
    auto kept = keep_budget(session, policy, of_person);
    if (!kept && kept.error().code == Errc::environment) return std::unexpected(std::move(kept.error()));
    if (!kept) continue;
    of_person.push_back(row.policy_no);
    chosen.push_back(std::move(row));
  }
  return chosen;
}

}  // namespace

Result<ClaimRow> claim_case(Session& session, const std::string& policy_no, const std::string& seat, Instant until) {
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin_claims(session.store));
  SHOUYUE_CHECK(keep_budget(session, policy, {}));
  const auto claim = SHOUYUE_TRY(session.store.claim(policy_no, seat, session.now, until));
  if (!claim) return taken(policy_no);
  SHOUYUE_CHECK(transaction.commit());
  return *claim;
}

Result<std::vector<ClaimedRow>> claim_next(Session& session, const WorklistRequest& request, Instant until) {
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  // One writer at a time: what is found stays so until it is claimed.
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  auto chosen = SHOUYUE_TRY(choose(session, request, deriver));
  std::vector<std::string> numbers;
  for (const WorklistRow& row : chosen) numbers.push_back(row.policy_no);
  const auto claims = SHOUYUE_TRY(session.store.claim_each(numbers, request.seat, session.now, until));
  std::vector<ClaimedRow> claimed;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (!claims[i]) continue;  // taken since
    chosen[i].position = static_cast<int>(claimed.size()) + 1;
    claimed.push_back({std::move(chosen[i]), *claims[i]});
  }
  SHOUYUE_CHECK(transaction.commit());
  return claimed;
}

}  // namespace shouyue::app
