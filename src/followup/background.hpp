#pragma once

#include <optional>

#include "base/instant.hpp"
#include "regime/rows.hpp"
#include "worklist/context.hpp"

namespace shouyue::followup {

// What had happened by `at` around one attempt (its index in PolicyFacts::attempts), or around the end of a leg that
// nobody attempted.
regime::Background background_at(const worklist::Context& context, std::optional<std::size_t> attempt, Instant at);

// The row of an attempt for conditions: its own fields and what had happened by its start.
expr::Row row_of(const worklist::Context& context, std::size_t attempt);

}  // namespace shouyue::followup
