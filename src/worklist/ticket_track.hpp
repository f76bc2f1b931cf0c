#pragma once

#include <optional>
#include <string>
#include <vector>

#include "worklist/context.hpp"
#include "worklist/term.hpp"

namespace shouyue::worklist {

// What the steps of a ticket say about it. A ticket is known by its kind and its number among the policy's tickets of
// that kind (1, 2, …): its id is `<policy_no>-<kind>-<n>`.
struct TicketTrack {
  std::string state = "open";                    // open, accepted, reviewed, feedback, rejected, resolved, closed
  std::optional<Instant> feedback_at;            // the first one
  std::optional<Instant> closed_at;              // of the last resolve or close that counts and that no reopen follows
  std::optional<insurer::TicketResult> result;   // of that step, or of an earlier one
  std::vector<const regime::Clause*> waits_for;  // why the newest resolve or close does not count
};

// A visit as tickets see it: when, and whether it succeeded, and without open doubt.
struct Visit {
  Instant at;
  bool success;
  bool clean;
};

std::string ticket_id(const std::string& policy_no, insurer::TicketKind kind, int number);
// The number that such an id ends with.
int ticket_number(std::string_view ticket_id);

// The kind of the ticket that a step is about: what it says, or what the ticket's id says.
std::optional<insurer::TicketKind> kind_of(const insurer::TicketStep& step);

// Whether the step is meant for this ticket: it names its id and was not made on a day before the ticket was opened (it
// answered another one, which a correction or a new number has undone), or it names only the kind and was made at or
// after `opened_at` and before `next_opened_at` (when the next ticket of the kind was opened).
bool is_meant(const insurer::TicketStep& step, const std::string& id, insurer::TicketKind kind, Instant opened_at,
              std::optional<Instant> next_opened_at);

// Follows the steps meant for this ticket. A resolve or close counts only when it brings what the book asks of this
// kind: a result it knows, a review before it. `visits`, in order of time, may close it too.
TicketTrack track(const Context& context, const std::string& id, insurer::TicketKind kind, Instant opened_at,
                  std::optional<Instant> next_opened_at, const std::vector<Visit>& visits);

// The first subtype that holds for what the ticket's opening saw (a row of the attempt schema); null for none.
const regime::Subtype* subtype_of(const regime::TicketRule& rule, const expr::Row& row);

// The last day in time of a ticket opened on `opened`; `row` is what its opening saw, `known` has the days of the
// policy and, when a leg that ended opened it, previous_leg_end. Errors: regime.not_in_force,
// regime.ambiguous_exception, calendar.not_covered.
Result<std::optional<TermDay>> due_day(const Context& context, const regime::TicketRule& rule, KnownDays known,
                                       Date opened, expr::Row row);

}  // namespace shouyue::worklist
