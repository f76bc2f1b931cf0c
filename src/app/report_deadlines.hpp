#pragma once

#include "app/policy_deriver.hpp"
#include "kpi/period.hpp"

namespace shouyue::app {

// A report of one month, by the books of the profile.
struct ReportDeadline {
  std::string name;    // monthly_statistics
  kpi::Period period;  // the month
  Date due_on;         // the last day in time
  std::optional<Instant> done_at;
  const regime::Clause* clause = nullptr;
  // Done after the last day, or not done and that day is past.
  bool is_late(Date today) const { return done_at ? done_at->date() > due_on : today > due_on; }
};

// The last day on which the report of that month is in time. Errors: regime.not_in_force.
Result<regime::Decided<Date>> due_day(const regime::ReportRule& rule, const kpi::Period& month);

struct ReportDeadlines {
  std::shared_ptr<PolicyDeriver> deriver;  // holds the clauses
  std::vector<ReportDeadline> reports;     // by due day, then name
};

// The reports of every month that has ended at `session.now`, from the first policy's on; `all` false: those not done.
// Errors: those of PolicyDeriver::load and the store.
Result<ReportDeadlines> report_deadlines(Session& session, bool all);

// Notes that the report was made, when the period is a month that has ended; the first time stays, and the audit
// journal has an entry. Of any other period nothing is noted. Errors: those of the store.
Result<void> note_report(Session& session, const std::string& name, const kpi::Period& period);

}  // namespace shouyue::app
