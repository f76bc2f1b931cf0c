#pragma once

#include "app/calls_of_day.hpp"
#include "app/group_commit.hpp"
#include "app/open_cases.hpp"
#include "app/shared_rules.hpp"

namespace shouyue::app {

// What all seats of one server share: the open cases, the calls of today, the rules, and the commits of
// what they write.
class Switchboard {
 public:
  // `store` is for the switchboard alone.
  explicit Switchboard(std::unique_ptr<Store> store) : store_(std::move(store)), facts_(*store_) {}

  OpenCases& cases() { return cases_; }
  SharedRules& rules() { return rules_; }
  CallsOfDay& calls_of_day() { return calls_of_day_; }

  // Both run a command in a writing transaction, perhaps together with others, by the connection that it is given; it
  // is on disk when they give back, with the mark of the request that waits on the caller's `own` connection. What a
  // command wrote before it refused must do no harm.
  Result<void> write_facts(Store& own, const GroupCommit::Command& command);
  // Where claims need not wait for writers of facts, by `own`.
  Result<void> write_claims(Store& own, const GroupCommit::Command& command);

 private:
  std::unique_ptr<Store> store_;
  GroupCommit facts_;
  OpenCases cases_;
  SharedRules rules_;
  CallsOfDay calls_of_day_;
};

}  // namespace shouyue::app
