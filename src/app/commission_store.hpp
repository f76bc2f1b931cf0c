#pragma once

#include <set>
#include <string>

#include "app/store.hpp"

namespace shouyue::app {

// A line of a ledger with the policy's organisation and its commission; the organisation is empty for a policy that
// cannot be derived.
struct LedgerLine {
  EntryRow entry;
  std::string org_code;
  Money commission;
};

// How the commission of a policy stands, and what was booked for it so far.
struct CommissionStanding {
  CommissionRow row;
  std::string org_code;
  Money booked;              // the sum of all lines
  std::string booked_agent;  // of the newest line; empty when there is none
};

// Which standings are wanted: those pending or held, and those that a settlement of one of `months` pays; or all.
struct StandingFilter {
  std::string agent_code;  // empty: of all
  bool all = false;
  std::set<std::string> months;
};

// Lists of money. Part of a store; the same errors and transactions.
class CommissionStore {
 public:
  virtual ~CommissionStore() = default;

  // The lines of a month, of an agent, or of both, by policy and number; what is empty does not matter.
  virtual Result<void> each_line(const std::string& month, const std::string& agent_code,
                                 const Sink<LedgerLine>& sink) = 0;
  virtual Result<void> each_standing(const StandingFilter& filter,
                                     const Sink<CommissionStanding>& sink) = 0;  // by policy
  // The months in which an agent has lines, the newest first; empty: of all.
  virtual Result<std::vector<std::string>> months(const std::string& agent_code) = 0;
};

}  // namespace shouyue::app
