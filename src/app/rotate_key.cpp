#include "app/rotate_key.hpp"

namespace shouyue::app {

Result<std::int64_t> rotate_key(Session& session, const vault::Key& key, bool reseal) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  std::int64_t sealed = 0;
  if (reseal)
    sealed = SHOUYUE_TRY(session.store.reseal(key));
  else
    SHOUYUE_CHECK(session.store.rewrap(key));
  SHOUYUE_CHECK(session.store.append_audit({.at = session.now,
                                            .who = session.who,
                                            .action = "key_rotated",
                                            .detail = "sealed anew: " + std::to_string(sealed)}));
  SHOUYUE_CHECK(transaction.commit());
  return sealed;
}

}  // namespace shouyue::app
