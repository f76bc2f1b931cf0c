#pragma once

#include <span>

#include "app/import_rows.hpp"

namespace shouyue::app {

// What only the store can show to be wrong with rows about policies; refused rows get a problem more. Rows of other
// kinds pass. A policy outside of `scope` is as one that is not known, and its number cannot be used.
// Rules: <kind>.unknown_policy, policies.number_in_use, receipts.before_issue. Errors: those of the store.
Result<void> check_against_store(Store& store, insurer::FileKind kind, const ImportScope& scope,
                                 std::span<PreparedRow> rows);

}  // namespace shouyue::app
