#pragma once

#include <optional>
#include <span>
#include <vector>

#include "worklist/context.hpp"

namespace shouyue::followup {

// One attempt seen through the book's outcome table: the five axes reduced to a class.
struct Reduced {
  expr::Row row;                    // of the attempt schema
  const regime::OutcomeRule* rule;  // the one that holds first; the table is total
  bool proves_another = false;      // it was made to verify a visit
  bool is_second_visit = false;     // it was made for a ticket, after the visit had succeeded
  bool success() const { return rule->success && !proves_another; }
  bool may_decide() const { return !proves_another && !is_second_visit; }
};

// `attempt` is the index in PolicyFacts::attempts. What it gives depends on what had happened by the attempt's start,
// and, where the book has a leg that proves visits, on the attempts after it.
Reduced reduce(const worklist::Context& context, std::size_t attempt);
std::vector<Reduced> reduce_all(const worklist::Context& context);

// Which attempt decides, as the book says (`followup.decides`); empty when no attempt counts.
// `attempts` are in order of time, `reduced` beside them. Errors: regime.not_in_force.
Result<std::optional<std::size_t>> deciding_attempt(const worklist::Context& context, std::span<const Reduced> reduced,
                                                    std::optional<Date> cooling_off_end);

}  // namespace shouyue::followup
