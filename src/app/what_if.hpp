#pragma once

#include <functional>

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// What would be paid if the receipts came back, or the visits succeeded without doubt, on a day to come.
struct WhatIfRequest {
  Date on;
  bool receipt = false;    // every receipt still out is returned on that day
  bool follow_up = false;  // every case still open is visited successfully on that day
  std::string agent_code;  // only this agent's policies; empty: all
  std::string org_code;    // only of this organisation and what lies below it; empty: all
  std::function<bool(std::int64_t done, std::int64_t total)> on_progress = {};  // policies; false: stop
};

struct WhatIfRow {
  std::string policy_no, agent_code;
  insurer::CommissionStatus status_now = insurer::CommissionStatus::pending;
  insurer::CommissionStatus status_then = insurer::CommissionStatus::pending;
  std::string month;  // of the settlement that would pay
  Money payable;
  std::string reasons;  // what would still hold it, or the deductions
};

// Errors: what_if.nothing_supposed, what_if.in_the_past.
Result<void> check_what_if(const WhatIfRequest& request, Date today);

// The policies whose commission is pending or held, by number. Changes nothing.
// Errors: those of check_what_if and PolicyDeriver, what_if.stopped (by on_progress).
Result<std::vector<WhatIfRow>> what_if(Session& session, const WhatIfRequest& request);
Result<std::vector<WhatIfRow>> what_if(Session& session, PolicyDeriver& deriver, const WhatIfRequest& request);

// Adds to what is known that the receipt came back in order on that day.
void suppose_receipt(insurer::FactVersions& versions, Date on);
// Adds that a visit on that leg succeeded at noon of that day, without doubt.
void suppose_visit(insurer::FactVersions& versions, insurer::Leg leg, Date on);

}  // namespace shouyue::app
