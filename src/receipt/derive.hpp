#pragma once

#include <optional>
#include <vector>

#include "base/now.hpp"
#include "worklist/context.hpp"
#include "worklist/term.hpp"

namespace shouyue::receipt {

// How the signed receipt of one policy stands.
struct Standing {
  std::optional<Date> returned_on;              // the day the book takes as its return
  bool signature_ok = true;                     // false: the signatures were compared and differ
  std::optional<Date> late_after;               // the last day in time
  bool late = false;                            // it came back after that day
  std::optional<Date> hand_in_by;               // the last day the agent should hand it in
  bool handed_in_late = false;                  // it was handed in after that day, or is not yet and the day is past
  std::vector<const regime::Clause*> warnings;  // why it does not count as returned, or what is unwise about it
  std::vector<const regime::Clause*> rules;
};

// `reported` is the receipt with all its dates, those to come included: which date counts as the return is decided by
// what was reported, and it counts once `now` has reached it. The books must have a receipt section. Errors:
// regime.not_in_force, regime.ambiguous_exception, calendar.not_covered.
Result<Standing> derive(const worklist::Context& context, const worklist::KnownDays& known,
                        const std::optional<insurer::Receipt>& reported, Now& now);

}  // namespace shouyue::receipt
