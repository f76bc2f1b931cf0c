#include "app/month_close.hpp"

#include <algorithm>

#include "app/kpi_figures.hpp"
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

Result<void> check_month_close(Session& session, const std::string& text) {
  const MonthOfBook which = SHOUYUE_TRY(read_month_of_book(text));
  const kpi::Period period = SHOUYUE_TRY(kpi::Period::parse(which.month));
  SHOUYUE_CHECK(load_kpi_book(session.home, which.regime));
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  if (Instant::from_milliseconds(run_now).date() <= period.to)
    return refuse(Errc::rule_broken, "month_close.not_over",
                  "the month " + which.month + " is not over, or its work is not done yet",
                  which.month + " 尚未结束，或尚未运行到月末之后");
  for (const ClosedMonth& month : SHOUYUE_TRY(session.store.exceptions().closed_months()))
    if (month.regime == which.regime && month.month == which.month)
      return refuse(Errc::conflict, "month_close.already_closed",
                    which.month + " under " + which.regime + " is closed already",
                    "制度 " + which.regime + " 的 " + which.month + " 已经月结");
  return {};
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
