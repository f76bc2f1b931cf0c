#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/now.hpp"
#include "followup/case.hpp"
#include "followup/outcome.hpp"
#include "worklist/context.hpp"
#include "worklist/term.hpp"

namespace shouyue::followup {

// Why a leg ended; the words of the condition name `ended_by`.
struct LegEnd {
  Instant at;
  std::string_view by;  // success, at_once, attempts_used_up, days_used_up, window_exhausted, time_limit,
                        // later_leg, no_phone, passed_over
  std::optional<std::size_t> attempt;  // the one that ended it
  const regime::Clause* clause;        // null for success and later_leg
};

// One leg of a case, as far as it has come.
struct LegRun {
  const regime::Leg* leg;
  bool started = false;
  worklist::Cadence cadence;          // start, until and limits decided for this policy
  std::vector<std::size_t> attempts;  // indexes of its attempts
  std::vector<Instant> history;       // their starts
  std::optional<LegEnd> end;
};

struct LegEntry {
  worklist::KnownDays known;           // with previous_leg_end, ticket_feedback and ticket_due where they apply
  std::optional<Instant> not_before;   // the moment of what led here
  std::optional<Instant> feedback_at;  // the moment of the feedback whose day is known
  bool is_first = false;
  std::optional<std::size_t> success;    // the attempt since which the case has been successful
  std::optional<std::size_t> later;      // the first attempt on a leg that comes after this one
  std::optional<Instant> appointment;    // asked for on the leg before, which the holder answers alone
  std::optional<Instant> attempts_from;  // earlier attempts on the leg were made for something else
  bool reachable = true;                 // a number is known that can be dialled
};

// Runs one leg up to `now`. The leg has no start while the event it counts from is unknown; `started` is false then.
// Errors: regime.not_in_force, regime.ambiguous_exception, calendar.not_covered.
Result<LegRun> run_leg(const worklist::Context& context, const regime::Leg& leg, const LegEntry& entry,
                       std::span<const Reduced> reduced, Now& now);

}  // namespace shouyue::followup
