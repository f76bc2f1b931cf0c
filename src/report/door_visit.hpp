#pragma once

#include "report/paper.hpp"

namespace shouyue::report {

// One attempt that did not succeed.
struct Tried {
  std::string at, leg, phone, why, who;
};

// The order to visit a policyholder in person.
struct DoorVisit {
  std::string insurer, number, office;
  std::string due_on;      // empty: no ticket says
  std::string agent_name;  // who sold the policy, and must not be the visitor
  std::string date;
  std::vector<Labelled> contact, policy;
  std::vector<Tried> tried;  // in order of time
  std::vector<std::string> questions;
};

// The work order with the record of the visit, the receipt that the policyholder signs and the office's check.
std::string door_visit_html(const DoorVisit& visit);

}  // namespace shouyue::report
