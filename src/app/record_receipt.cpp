#include "app/record_receipt.hpp"

#include "app/scope.hpp"

namespace shouyue::app {

Result<DerivedRows> record_receipt(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                   const std::string& policy_no, const Entry& receipt) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  SHOUYUE_CHECK(require_in_scope(account, deriver, policy.policy(), session.now.date()));
  DerivedRows rows = SHOUYUE_TRY(record_within(session, deriver, policy_no, {receipt}));
  SHOUYUE_CHECK(session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "receipt_recorded", .detail = policy_no}));
  SHOUYUE_CHECK(transaction.commit());
  return rows;
}

}  // namespace shouyue::app
