#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "app/store.hpp"

namespace shouyue::app {

// The calls of today in memory, from the attempts themselves; links, letters and visits at the door are none. It
// follows the stored cases by the numbers of their changes, so that only those called since are read again.
class CallsOfDay {
 public:
  // Errors: those of the store, store.corrupt_fact.
  Result<void> catch_up(Store& store, Date today);

  struct Tally {
    int calls = 0, reached = 0;
  };
  struct Figures {
    Tally all;
    int successes = 0;  // cases whose success is of today
    std::map<std::string, Tally> of_operator;
  };
  // Of the organisations that `holds` tells of; empty: of all.
  Figures figures(const std::function<bool(const std::string& org_code)>& holds) const;

 private:
  struct Call {
    std::string operator_code;
    bool is_reached = false;
  };
  struct Case {
    std::string org_code;
    bool is_success = false;
    std::vector<Call> calls;
  };

  mutable std::mutex mutex_;
  Date day_;
  std::int64_t read_to_ = 0;
  std::map<std::string, Case> cases_;  // by policy number
};

}  // namespace shouyue::app
