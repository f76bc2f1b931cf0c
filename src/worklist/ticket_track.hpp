#pragma once

#include <optional>
#include <string>
#include <vector>

#include "worklist/context.hpp"

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

std::string ticket_id(const std::string& policy_no, insurer::TicketKind kind, int number);

// The kind of the ticket that a step is about: what it says, or what the ticket's id says.
std::optional<insurer::TicketKind> kind_of(const insurer::TicketStep& step);

// Follows the steps meant for this ticket: those that name its id, and those that name only the kind and were made at
// or after `opened_at` and before `next_opened_at` (when the next ticket of the kind was opened). A resolve or close
// counts only when it brings what the book asks of this kind: a result it knows, a review before it.
TicketTrack track(const Context& context, const std::string& id, insurer::TicketKind kind, Instant opened_at,
                  std::optional<Instant> next_opened_at);

}  // namespace shouyue::worklist
