#pragma once

#include "access/account.hpp"
#include "app/record.hpp"

namespace shouyue::app {

// Takes in the receipt of a policy as a person at work writes it down: the row of the file of receipts. Recorded in the
// audit journal. Errors: policy.not_found for what the account may not see, receipts.in_the_future,
// receipts.order (a day lies before the one that comes earlier on its way), those of `record`.
Result<DerivedRows> record_receipt(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                   const std::string& policy_no, const Entry& receipt);

}  // namespace shouyue::app
