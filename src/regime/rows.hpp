#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "expr/expression.hpp"
#include "insurer/facts.hpp"
#include "regime/regime.hpp"

// Facts as rows for the conditions of rule books, in the order of vocabulary.hpp.
namespace shouyue::regime {

// The policy's own names. The age is that on the issue day; it comes from the birth date or else from the ID number.
expr::Row policy_row(const insurer::Policy& policy, const insurer::Surroundings& surroundings);

// `policy` (a policy_row) followed by the attempt's names. An empty set is missing, so `known(open)` asks whether there
// is an open doubt; neutral findings are left out. `subtype`, `ended_by` and the background are missing.
expr::Row attempt_row(const expr::Row& policy, const insurer::Attempt& attempt, const Outcome& outcome);

// The same without an attempt: only the policy's names are known.
expr::Row row_without_attempt(const expr::Row& policy);

// What an attempt's own fields do not show: who made it, whether it was checked, and what had happened by then.
struct Background {
  std::optional<bool> visitor_is_agent;  // empty while one of the two is not known
  bool reality_checked = false;
  std::optional<int> days_since_first_attempt;  // of any leg; empty before the first
  int same_connection_attempts = 0;             // attempts so far that ended alike, this one included
  bool phone_updated = false;                   // a new number was reported
  std::uint64_t fed_back = 0;                   // bits of insurer::TicketKind that had a feedback
  std::uint64_t defects = 0;                    // bits of intake_defects() that the policy came in with
  std::array<int, insurer::leg_count> attempts{};
  std::array<int, insurer::leg_count> bands{};  // periods of the leg's window that its attempts cover
};
void set_background(expr::Row& attempt_row, const Background& background);

// Sets `ended_by` by its word (see vocabulary.hpp); the word must exist.
void set_ended_by(expr::Row& attempt_row, const expr::Schema& schema, std::string_view word);
// Sets `subtype` by its word.
void set_subtype(expr::Row& attempt_row, const expr::Schema& schema, std::string_view word);

}  // namespace shouyue::regime
