#pragma once

#include "base/now.hpp"
#include "followup/case.hpp"
#include "followup/outcome.hpp"
#include "intake/defects.hpp"
#include "worklist/context.hpp"
#include "worklist/term.hpp"

namespace shouyue::followup {

// The last day of the cooling-off period: the product's own length where it has one and the book lets it go first, else
// the book's. Empty while the receipt is not signed. Errors: regime.not_in_force, calendar.not_covered.
Result<std::optional<worklist::TermDay>> cooling_off_end(const worklist::Context& context);

// The follow-up of one policy at `now`. `reduced` are the attempts in the context's facts, reduced; `defects` are those
// of the context, for the tickets that they open; `reachable` says whether a number is known that can be dialled.
// The books must have follow-up and outcome sections. Errors: regime.not_in_force, regime.ambiguous_exception,
// calendar.not_covered.
Result<Case> derive(const worklist::Context& context, std::span<const Reduced> reduced,
                    const std::vector<intake::Defect>& defects, bool reachable, Now& now);

}  // namespace shouyue::followup
