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
  std::string state;           // open, accepted, feedback, rejected, resolved, closed
  insurer::Timeliness timeliness = insurer::Timeliness::normal;
  std::optional<Instant> closed_at;
  std::vector<const regime::Clause*> rules;
};

}  // namespace shouyue::ticket
