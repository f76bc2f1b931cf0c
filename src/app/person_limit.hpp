#pragma once

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// The clause that keeps a person from being called again on a day with so many calls over all their policies; null when
// none does. Errors: regime.not_in_force, regime.ambiguous_exception.
Result<const regime::Clause*> person_limit(const regime::RuleBooks& books, const insurer::Policy& policy,
                                           const insurer::Surroundings& surroundings, int calls_today);

// The calls of one day to a policy's holder, over all their policies, and what forbids another one.
struct PersonDay {
  int calls = 0;                            // made, taken by seats, or about to be made
  const regime::Clause* used_up = nullptr;  // the calls that were made are as many as a day allows
  const regime::Clause* limit = nullptr;    // all of them are
};

// Calls that are about to be made: on these other policies of the person, and so many more.
struct CallsToCome {
  std::vector<std::string> policies = {};
  int more = 0;
};

// In a transaction nobody else is told about the person until it ends; outside one it is as of just now. What seats
// have taken of the policy itself or of those to come is not counted twice. A holder whom nobody knows has no limit.
// Errors: those of person_limit and of the store.
Result<PersonDay> day_of_person(Store& store, const LoadedPolicy& policy, Date day, Instant now,
                                CallsToCome to_come = {});

}  // namespace shouyue::app
