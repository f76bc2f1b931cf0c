#include "app/month_close.hpp"

#include <algorithm>

#include "app/kpi_figures.hpp"
#include "app/rule_book_files.hpp"
#include "kpi/period.hpp"

namespace shouyue::app {
namespace {

std::unexpected<Error> wrong_form(const std::string& text) {
  return refuse(Errc::invalid_input, "month_close.form",
                "'" + text + "' must be a rule book and a month, as operations-kpi 2021-10",
                "“" + text + "”应为 制度 月份，如 operations-kpi 2021-10");
}

ClosedFigure closed(const KpiFigure& figure) {
  return {.indicator = figure.indicator,
          .org_code = figure.org_code,
          .numerator = figure.numerator,
          .denominator = figure.denominator,
          .excluded = figure.excluded,
          .score = figure.score};
}

std::unexpected<Error> not_final(const MonthClosing& closing) {
  std::string zh, en;
  for (const auto& step : closing.final.steps) {
    zh += (zh.empty() ? "" : "；") + step.clause->title;
    en += (en.empty() ? "" : ", ") + step.clause->title_en;
  }
  const regime::Clause& indicator = closing.final.indicator->clause;
  const std::string from = closing.closable_from().text(), last = closing.final.day.text();
  return refuse(Errc::rule_broken, "month_close.not_final",
                closing.which.month + " can be closed from " + from + " on: until " + last + " '" + indicator.title_en +
                    "' may still change: " + en + "; the work is done up to " + closing.worked_upto.date().text(),
                closing.which.month + " 自 " + from + " 起方可月结：“" + indicator.title + "”在 " + last +
                    " 之前（含当日）仍会变动：" + zh + "。目前已运行至 " + closing.worked_upto.date().text());
}

}  // namespace

Result<MonthOfBook> read_month_of_book(const std::string& text) {
  const std::size_t space = text.find(' ');
  if (space == std::string::npos || space == 0) return wrong_form(text);
  MonthOfBook read{.regime = text.substr(0, space), .month = text.substr(space + 1)};
  const auto period = kpi::Period::parse(read.month);
  if (!period || *period != kpi::Period::month_of(period->from) || period->text() != read.month)
    return wrong_form(text);
  return read;
}

Result<MonthClosing> month_closing(Session& session, const std::string& text) {
  const MonthOfBook which = SHOUYUE_TRY(read_month_of_book(text));
  const kpi::Period month = SHOUYUE_TRY(kpi::Period::parse(which.month));
  auto book = SHOUYUE_TRY(load_kpi_book(session.home, which.regime));
  return month_closing(session, std::move(book), month, SHOUYUE_TRY(load_calendar(session.home)));
}

Result<MonthClosing> month_closing(Session& session, std::shared_ptr<const regime::Regime> book,
                                   const kpi::Period& month, const calendar::WorkingCalendar& calendar) {
  MonthClosing closing{.which = {book->id, month.text()}, .book = std::move(book), .final = {}, .closed = {}};
  closing.final = SHOUYUE_TRY(final_day(*closing.book->kpi, month, calendar));
  closing.worked_upto = Instant::from_milliseconds(SHOUYUE_TRY(number_of(session.store, meta::run_now)));
  for (ClosedMonth& known : SHOUYUE_TRY(session.store.exceptions().closed_months()))
    if (known.regime == closing.which.regime && known.month == closing.which.month) closing.closed = std::move(known);
  return closing;
}

Result<void> check_month_close(Session& session, const std::string& text) {
  const MonthClosing closing = SHOUYUE_TRY(month_closing(session, text));
  const std::string& month = closing.which.month;
  if (closing.closed)
    return refuse(Errc::conflict, "month_close.already_closed",
                  month + " under " + closing.which.regime + " is closed already",
                  "制度 " + closing.which.regime + " 的 " + month + " 已经月结");
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(month));
  if (closing.worked_upto.date() <= period.to)
    return refuse(Errc::rule_broken, "month_close.not_over",
                  "the month " + month + " is not over, or its work is not done yet",
                  month + " 尚未结束，或尚未运行到月末之后");
  if (closing.is_worked()) return {};
  return not_final(closing);
}

Result<void> close_month(Session& session, const std::string& text, const ClosedBy& by) {
  SHOUYUE_CHECK(check_month_close(session, text));
  const MonthOfBook which = SHOUYUE_TRY(read_month_of_book(text));
  KpiRequest request{.regime = which.regime, .period = which.month};
  const KpiReport whole = SHOUYUE_TRY(kpi_figures(session, request));
  request.by_organisation = true;
  const KpiReport split = SHOUYUE_TRY(kpi_figures(session, request));
  std::vector<ClosedFigure> figures;
  for (const KpiReport* report : {&whole, &split})
    for (const KpiFigure& figure : report->figures) figures.push_back(closed(figure));
  const std::int64_t known_to = SHOUYUE_TRY(number_of(session.store, meta::derived_to));
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  return session.store.exceptions().add_closed_month({.regime = which.regime,
                                                      .month = which.month,
                                                      .known_to = known_to,
                                                      .as_of = Instant::from_milliseconds(run_now),
                                                      .asked_by = by.asked_by,
                                                      .granted_by = by.granted_by,
                                                      .closed_at = session.now},
                                                     figures);
}

}  // namespace shouyue::app
