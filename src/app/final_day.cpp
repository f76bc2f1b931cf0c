#include "app/final_day.hpp"

#include "worklist/term.hpp"

namespace shouyue::app {

Result<FinalDay> final_day(const regime::Indicator& indicator, const kpi::Period& period,
                           const calendar::WorkingCalendar& calendar) {
  if (indicator.final_after.empty())
    return refuse(Errc::rule_broken, "month_close.not_stated",
                  "the rule book does not say when a figure of " + indicator.clause.id +
                      " is final; state it there (final_after)",
                  "制度没有规定“" + indicator.clause.title + "”的数据何时确定（final_after），请先在制度中写明");
  FinalDay last{.day = period.to, .indicator = &indicator, .steps = {}};
  for (const regime::FinalStep& step : indicator.final_after) {
    const auto count = SHOUYUE_TRY(step.count.on(period.to, {}));
    last.day = SHOUYUE_TRY(worklist::count_from(last.day, count.value, step.unit, step.count_from, calendar));
    last.steps.push_back(count);
  }
  return last;
}

Result<FinalDay> final_day(const regime::Kpi& kpi, const kpi::Period& period,
                           const calendar::WorkingCalendar& calendar) {
  FinalDay latest{.day = period.to, .indicator = nullptr, .steps = {}};
  for (const regime::Indicator& indicator : kpi.indicators) {
    if (indicator.table == "external") continue;
    FinalDay one = SHOUYUE_TRY(final_day(indicator, period, calendar));
    if (!latest.indicator || one.day > latest.day) latest = std::move(one);
  }
  return latest;
}

}  // namespace shouyue::app
