#pragma once

#include <functional>

#include "access/account.hpp"
#include "app/switchboard.hpp"

namespace shouyue::app {

// What the rules leave to be called on one day in one leg.
struct CapacityLine {
  Date day;
  insurer::Leg leg = insurer::Leg::first_call;
  std::int64_t first_attempts = 0;  // cases whose next attempt may be made from that day on
  std::int64_t attempts = 0;        // when nobody is reached and each further attempt is made as early as it may be
  std::int64_t last_days = 0;  // cases of which it is the last day with a legal slot within the days looked at, and
                               // within their leg
};

struct Capacity {
  std::vector<CapacityLine> lines;  // by day, then leg; days without any are left out
  std::int64_t cases = 0;           // that were looked at: open ones, and those that begin within these days
  std::int64_t beyond = 0;          // of them, without a legal slot in these days
  int seats = 0;                    // accounts with a seat
};

// The attempts of `days` days from now on, day by day, of the cases of the supervisor's organisation that may be called
// and of those whose first call falls due in these days: counted from the slots that the rules leave open, nothing is
// estimated. Cases that wait for an answer of an agent or an office come when it has come. `progress` is told how many
// cases are done, of how many, and stops the work by false. Errors: capacity.stopped, those of the store.
Result<Capacity> capacity(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                          const access::Account& supervisor, int days,
                          const std::function<bool(std::int64_t done, std::int64_t total)>& progress);

}  // namespace shouyue::app
