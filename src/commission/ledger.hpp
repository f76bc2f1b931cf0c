#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/money.hpp"
#include "insurer/codes.hpp"
#include "regime/regime.hpp"

namespace shouyue::commission {

// A settlement that has run: the month it pays, the first moment it no longer takes, and how much was known to it.
struct Settlement {
  int year = 0, month = 0;
  Instant cut_off;            // exclusive
  std::int64_t known_to = 0;  // the newest fact (seq) it could read
};

// The state of one policy's commission.
struct Standing {
  insurer::CommissionStatus status = insurer::CommissionStatus::pending;
  std::string month;  // 2021-10; the settlement that pays or paid, empty while pending or held
  std::string agent_code;
  Money commission, deduction, payable;
  std::vector<std::string> reasons;
  std::vector<const regime::Clause*> rules;
  bool operator==(const Standing&) const = default;
};

// One line of the ledger. Never changed; a correction is booked as a reversal and a new line in a later settlement.
struct Entry {
  std::string month;       // of the settlement that booked it
  std::string agent_code;  // whose; a reversal is for whom the reversed line was
  std::string kind;        // hold, release, deduct, withhold, cancel, reverse
  Money amount;            // signed: what the agent gains or loses by this line; 0 for hold
  std::vector<std::string> reasons;
  std::vector<const regime::Clause*> rules;
};

// All lines of one policy, and the standing that the newest of them booked.
struct Ledger {
  std::vector<Entry> entries;
  std::optional<Standing> booked;
};

}  // namespace shouyue::commission
