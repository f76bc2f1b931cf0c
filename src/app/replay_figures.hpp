#pragma once

#include <memory>
#include <vector>

#include "app/book_replay.hpp"
#include "kpi/columns.hpp"
#include "kpi/organisation_tree.hpp"
#include "kpi/period.hpp"
#include "kpi/scorecard.hpp"

namespace shouyue::app {

// The indicators of a book over the policies of a backtest as one whole: the figures of `kpi` without any split. Holds
// a part of the policies at a time.
class ReplayFigures {
 public:
  // `book` must have a kpi section. `calendar` counts the days that open tickets have used up to `today`.
  ReplayFigures(const regime::Regime& book, kpi::Period period, const calendar::WorkingCalendar& calendar, Date today);

  // Errors: those of the columns.
  Result<void> add(const DerivedRows& rows);
  // Adds what was taken since the last time to `tallies`, one for each indicator, and forgets it.
  // Errors: those of kpi::compute.
  Result<void> count_into(std::vector<kpi::Tally>& tallies);

 private:
  const regime::Regime* book_;
  kpi::Period period_;
  const calendar::WorkingCalendar* calendar_;
  Date today_;
  kpi::OrganisationTree whole_;  // one organisation for all
  kpi::PolicyColumns policies_;
  kpi::TicketColumns tickets_;
};

// One indicator under both books; empty where a book does not have it or there is no data.
struct ReplayScore {
  std::string indicator;
  std::int64_t numerator = 0, denominator = 0;
  std::string value, score;
};
std::vector<ReplayScore> scores_of(const regime::Regime& book, const std::vector<kpi::Tally>& tallies);

}  // namespace shouyue::app
