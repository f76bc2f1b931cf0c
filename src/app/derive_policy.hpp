#pragma once

#include <optional>
#include <vector>

#include "calendar/working_calendar.hpp"
#include "commission/derive.hpp"
#include "followup/case.hpp"
#include "insurer/facts.hpp"
#include "intake/defects.hpp"
#include "receipt/derive.hpp"
#include "regime/rule_books.hpp"
#include "ticket/ticket.hpp"

namespace shouyue::app {

// Everything that a decision about one policy may read.
struct PolicyInput {
  const insurer::FactVersions& versions;
  const insurer::Surroundings& surroundings;
  const regime::RuleBooks& books;
  const calendar::WorkingCalendar& calendar;
  const std::vector<commission::Settlement>& settlements;  // that have run, by cut-off
};

// Everything derived about one policy at one moment.
struct PolicyState {
  insurer::PolicyFacts facts;  // as visible at that moment
  followup::Case follow_up;
  std::vector<ticket::Ticket> tickets;
  std::optional<receipt::Standing> receipt;       // when a book rules receipts
  std::optional<commission::Account> commission;  // when a book rules commission
  std::vector<intake::Defect> defects;
  std::optional<Instant> wake_at;  // the first moment at which time alone may change any of it
};

// A pure function: the same input gives the same state, whenever and however often it is asked.
// Errors: regime.not_in_force, regime.ambiguous_exception, calendar.not_covered, profile.no_follow_up.
Result<PolicyState> derive_policy(const PolicyInput& input, Instant at);

// What settlements have booked, also for a policy that cannot be derived any more: a booked line stays.
commission::Ledger booked_ledger(const PolicyInput& input, Instant at);

}  // namespace shouyue::app
