#include "app/claims.hpp"

#include "app/import_rows.hpp"
#include "app/person_limit.hpp"

namespace shouyue::app {
namespace {

std::unexpected<Error> taken(const std::string& policy_no) {
  return refuse(Errc::conflict, "claim.taken", "another seat holds " + policy_no,
                "保单 " + policy_no + " 已由其他坐席领取");
}

// In a transaction. Errors: claim.person_per_day_max.
Result<void> keep_budget(Session& session, const LoadedPolicy& policy) {
  const insurer::Policy& newest = policy.policy();
  const std::int64_t person = holder_key(newest);
  if (!policy.books->visits || person == 0) return {};
  const int contacts =
      SHOUYUE_TRY(session.store.contacts_of(person, session.now.date(), session.now, policy.policy_no));
  const regime::Clause* limit = SHOUYUE_TRY(person_limit(*policy.books, newest, policy.surroundings, contacts));
  if (!limit) return {};
  const std::string times = std::to_string(contacts);
  return refuse(
      Errc::rule_broken, "claim.person_per_day_max",
      "this person has " + times + " calls today, made or taken by other seats; " + limit->id + " allows no more",
      "该客户今日已拨打或已被领取 " + times + " 次，" + limit->id + " 不再允许");
}

// In a transaction.
Result<ClaimRow> claim_within_budget(Session& session, const LoadedPolicy& policy, const std::string& seat,
                                     Instant until) {
  SHOUYUE_CHECK(keep_budget(session, policy));
  const auto claim = SHOUYUE_TRY(session.store.claim(policy.policy_no, seat, session.now, until));
  if (!claim) return taken(policy.policy_no);
  return *claim;
}

}  // namespace

Result<ClaimRow> claim_case(Session& session, const std::string& policy_no, const std::string& seat, Instant until) {
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin_claims(session.store));
  const ClaimRow claim = SHOUYUE_TRY(claim_within_budget(session, policy, seat, until));
  SHOUYUE_CHECK(transaction.commit());
  return claim;
}

Result<std::vector<ClaimedRow>> claim_next(Session& session, const WorklistRequest& request, Instant until) {
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  // One writer at a time: what is found stays so until it is claimed.
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  std::vector<ClaimedRow> claimed;
  for (WorklistRow& row : SHOUYUE_TRY(worklist(session, request))) {
    const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(row.policy_no, session.now));
    auto claim = claim_within_budget(session, policy, request.seat, until);
    if (!claim && claim.error().code == Errc::environment) return std::unexpected(std::move(claim.error()));
    // Taken since, or an earlier case of this batch used up the person's day.
    if (!claim) continue;
    row.position = static_cast<int>(claimed.size()) + 1;
    claimed.push_back({std::move(row), std::move(*claim)});
  }
  SHOUYUE_CHECK(transaction.commit());
  return claimed;
}

}  // namespace shouyue::app
