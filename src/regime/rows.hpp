#pragma once

#include <string_view>

#include "expr/expression.hpp"
#include "insurer/facts.hpp"
#include "regime/regime.hpp"

// Facts as rows for the conditions of rule books, in the order of vocabulary.hpp.
namespace shouyue::regime {

// The policy's own names. The age is that on the issue day; it comes from the birth date or else from the ID number.
expr::Row policy_row(const insurer::Policy& policy, const insurer::Surroundings& surroundings);

// `policy` (a policy_row) followed by the attempt's names. An empty set is missing, so `known(open)` asks whether there
// is an open doubt; neutral findings are left out. `subtype` and `ended_by` are missing.
expr::Row attempt_row(const expr::Row& policy, const insurer::Attempt& attempt, const Outcome& outcome);

// The same without an attempt: only the policy's names are known.
expr::Row row_without_attempt(const expr::Row& policy);

// Sets `ended_by` by its word (see vocabulary.hpp); the word must exist.
void set_ended_by(expr::Row& attempt_row, const expr::Schema& schema, std::string_view word);
// Sets `subtype` by its word.
void set_subtype(expr::Row& attempt_row, const expr::Schema& schema, std::string_view word);

}  // namespace shouyue::regime
