#include "app/audit.hpp"

namespace shouyue::app {

Result<void> note_unmasked(Session& session, const std::string& what) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(
      session.store.append_audit({.at = session.now, .who = session.who, .action = "unmasked", .detail = what}));
  return transaction.commit();
}

}  // namespace shouyue::app
