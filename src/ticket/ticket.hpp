#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "insurer/codes.hpp"
#include "regime/regime.hpp"

namespace shouyue::ticket {

struct Ticket {
  std::string ticket_id;  // <policy_no>-<kind>-<n>
  insurer::TicketKind kind;
  std::string subtype;
  std::string org_code;  // the office that handles it
  Instant opened_at;
  std::optional<Date> due_on;  // the last day in time
  std::string state;           // open, accepted, reviewed, feedback, rejected, resolved, closed
  insurer::Timeliness timeliness = insurer::Timeliness::normal;
  std::optional<Instant> closed_at;
  std::optional<insurer::TicketResult> result;   // what came of it, as the step that settled it says
  std::vector<const regime::Clause*> waits_for;  // why the newest step that would settle it does not count
  std::vector<const regime::Reply*> replies;     // answers that may be given
  std::vector<const regime::Clause*> rules;
};

}  // namespace shouyue::ticket
