#pragma once

#include "insurer/facts.hpp"
#include "regime/rule_books.hpp"

namespace shouyue::app {

// The clause that keeps a person from being called again on a day with so many attempts over all their policies; null
// when none does. Errors: regime.not_in_force, regime.ambiguous_exception.
Result<const regime::Clause*> person_limit(const regime::RuleBooks& books, const insurer::Policy& policy,
                                           const insurer::Surroundings& surroundings, int attempts_today);

}  // namespace shouyue::app
