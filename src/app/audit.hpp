#pragma once

#include "app/session.hpp"

namespace shouyue::app {

// Notes in the audit journal that `session.who` sees personal data in full; `what` says of what. Errors: those of the
// store.
Result<void> note_unmasked(Session& session, const std::string& what);

// Notes that `session.who` took a file of data away; `what` says of what. Errors: those of the store.
Result<void> note_export(Session& session, const std::string& what);

// Whether somebody said why, in 2 to 200 characters. Errors: reason.length.
Result<void> check_reason(std::string_view reason);

}  // namespace shouyue::app
