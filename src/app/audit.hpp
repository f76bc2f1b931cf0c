#pragma once

#include <functional>
#include <optional>

#include "app/session.hpp"

namespace shouyue::app {

// Notes in the audit journal that `session.who` sees personal data in full; `what` says of what. Errors: those of the
// store.
Result<void> note_unmasked(Session& session, const std::string& what);

// Notes that `session.who` took a file of data away; `what` says of what. Errors: those of the store.
Result<void> note_export(Session& session, const std::string& what);

// Whether somebody said why, in 2 to 200 characters. Errors: reason.length.
Result<void> check_reason(std::string_view reason);

// Which entries of the journal; what is empty leaves nothing out.
struct AuditQuery {
  std::string who, action;
  std::optional<Date> from, to;        // inclusive
  std::optional<std::int64_t> before;  // entries with a smaller number
  int limit = 50;
};

struct AuditReport {
  std::int64_t entries = 0;
  std::optional<std::int64_t>
      broken_at;  // the first entry that is not what its hash says, or does not follow the one before
};
// Checks the hash chain of the whole journal; `go_on` is told now and then how many entries were read, and says whether
// to read on. Errors: audit.stopped.
Result<AuditReport> verify_audit(Session& session, const std::function<bool(std::int64_t entries)>& go_on = {});

}  // namespace shouyue::app
