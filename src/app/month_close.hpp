#pragma once

#include "app/exception_store.hpp"
#include "app/session.hpp"

namespace shouyue::app {

// What is closed: a rule book with indicators and a month, `operations-kpi 2021-10`.
struct MonthOfBook {
  std::string regime, month;
};
// Errors: month_close.form.
Result<MonthOfBook> read_month_of_book(const std::string& text);

// Whether the month may be closed now: it is over, all work was done past its end, and it is not closed.
// Errors: month_close.form, month_close.not_over, month_close.already_closed, regime.not_found, kpi.no_section.
Result<void> check_month_close(Session& session, const std::string& text);

struct ClosedBy {
  std::string asked_by, granted_by;
};
// Freezes the figures of every organisation as of the last run, and the position of the newest fact in them. Within the
// transaction of the caller. Errors: those of check_month_close and kpi_figures.
Result<void> close_month(Session& session, const std::string& text, const ClosedBy& by);

}  // namespace shouyue::app
