#include "app/audit.hpp"

namespace shouyue::app {

namespace {

Result<void> note(Session& session, const char* action, const std::string& detail) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  SHOUYUE_CHECK(
      session.store.append_audit({.at = session.now, .who = session.who, .action = action, .detail = detail}));
  return transaction.commit();
}

}  // namespace

Result<void> note_unmasked(Session& session, const std::string& what) { return note(session, "unmasked", what); }
Result<void> note_export(Session& session, const std::string& what) { return note(session, "export", what); }

}  // namespace shouyue::app
