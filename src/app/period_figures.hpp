#pragma once

#include <array>
#include <map>

#include "app/report_scope.hpp"

namespace shouyue::app {

// What the monthly reports say of one office. Policies are those issued in the period; attempts those made in it, links
// not counted: nobody makes an effort for them.
struct OfficeFigures {
  std::int64_t issued = 0;
  std::int64_t due = 0;                               // in scope, not waived, not cancelled, follow-up begun
  std::int64_t excluded = 0;                          // the others
  std::int64_t visited = 0, succeeded = 0;            // of those that are due
  std::array<std::int64_t, 7> succeeded_by_leg = {};  // insurer::Leg of the deciding attempt
  std::array<std::int64_t, 5> by_class = {};          // insurer::ResultClass, of those that are due
  std::int64_t attempts = 0, completed = 0;           // completed: the interview was carried to its end, by a link too
  std::int64_t paper_questionnaires = 0;              // completed by letter or in person
  std::int64_t link_questionnaires = 0;               // completed by a link
  std::int64_t completed_attempts() const { return completed - link_questionnaires; }
  std::int64_t tickets_opened = 0, tickets_closed = 0, tickets_overdue = 0;  // overdue: of those opened
  void add(const OfficeFigures& other);
};

struct PeriodFigures {
  std::map<std::string, OfficeFigures> offices;
  OfficeFigures all;
  std::map<insurer::Connection, std::int64_t> reasons;  // of calls without success
};

// Errors: those of the store and of ReportScope::each_attempt.
Result<PeriodFigures> period_figures(ReportScope& scope);

}  // namespace shouyue::app
