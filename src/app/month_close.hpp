#pragma once

#include "app/exception_store.hpp"
#include "app/final_day.hpp"
#include "app/session.hpp"

namespace shouyue::app {

// What is closed: a rule book with indicators and a month, `operations-kpi 2021-10`.
struct MonthOfBook {
  std::string regime, month;
};
// Errors: month_close.form.
Result<MonthOfBook> read_month_of_book(const std::string& text);

// From when a month may be closed, and by which rules of the book.
struct MonthClosing {
  MonthOfBook which;
  std::shared_ptr<const regime::Regime> book;
  FinalDay final;       // the work must have been done past this day
  Instant worked_upto;  // up to when it was done
  std::optional<ClosedMonth> closed;

  Date closable_from() const { return final.day + 1; }
  bool is_worked() const { return worked_upto.date() > final.day; }
};
// Errors: month_close.form, regime.not_found, kpi.no_section, those of final_day.
Result<MonthClosing> month_closing(Session& session, const std::string& text);
// Of a book that was read, by the calendar. Errors: those of final_day.
Result<MonthClosing> month_closing(Session& session, std::shared_ptr<const regime::Regime> book,
                                   const kpi::Period& month, const calendar::WorkingCalendar& calendar);

// Whether the month may be closed now: its figures are final, all work was done past that day, and it is not closed.
// Errors: those of month_closing, month_close.not_over, month_close.not_final, month_close.already_closed.
Result<void> check_month_close(Session& session, const std::string& text);

struct ClosedBy {
  std::string asked_by, granted_by;
};
// Freezes the figures of every organisation as of the last run, and the position of the newest fact in them. Within the
// transaction of the caller. Errors: those of check_month_close and kpi_figures.
Result<void> close_month(Session& session, const std::string& text, const ClosedBy& by);

}  // namespace shouyue::app
