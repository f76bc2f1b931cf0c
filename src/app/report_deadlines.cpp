#include "app/report_deadlines.hpp"

#include <algorithm>
#include <tuple>

namespace shouyue::app {
namespace {

// The named value that holds when a report of a month was made.
std::string done_name(const std::string& name, const kpi::Period& month) {
  return "report_done/" + name + "/" + month.text();
}

Result<std::optional<Instant>> done_at(Session& session, const std::string& name, const kpi::Period& month) {
  const auto text = SHOUYUE_TRY(session.store.meta(done_name(name, month)));
  if (!text) return std::optional<Instant>{};
  return std::optional(SHOUYUE_TRY(Instant::parse(*text)));
}

// The months that have ended, from that of the first policy on.
Result<std::vector<kpi::Period>> ended_months(Session& session) {
  const auto first = SHOUYUE_TRY(session.store.meta(meta::first_issued_on));
  if (!first) return std::vector<kpi::Period>{};
  std::vector<kpi::Period> months;
  for (auto month = kpi::Period::month_of(SHOUYUE_TRY(Date::parse(*first))); month.to < session.now.date();
       month = kpi::Period::month_of(month.to + 1))
    months.push_back(month);
  return months;
}

}  // namespace

Result<regime::Decided<Date>> due_day(const regime::ReportRule& rule, const kpi::Period& month) {
  const auto day = SHOUYUE_TRY(rule.due_day.on(month.to, {}));
  return regime::Decided<Date>{month.to + static_cast<int>(day.value), day.clause, day.cite};
}

Result<ReportDeadlines> report_deadlines(Session& session, bool all) {
  ReportDeadlines result{.deriver = std::make_shared<PolicyDeriver>(SHOUYUE_TRY(PolicyDeriver::load(session))),
                         .reports = {}};
  std::vector<const regime::ReportRule*> rules;
  for (const auto& book : result.deriver->books().books())
    for (const regime::ReportRule& rule : book->reports)
      if (std::ranges::none_of(rules,
                               [&](const auto* known) { return known->due_day.clause.id == rule.due_day.clause.id; }))
        rules.push_back(&rule);
  for (const kpi::Period& month : SHOUYUE_TRY(ended_months(session)))
    for (const regime::ReportRule* rule : rules) {
      if (month.to < rule->due_day.values.front().from) continue;
      const auto due = SHOUYUE_TRY(due_day(*rule, month));
      ReportDeadline report{.name = rule->name,
                            .period = month,
                            .due_on = due.value,
                            .done_at = SHOUYUE_TRY(done_at(session, rule->name, month)),
                            .clause = due.clause};
      if (all || !report.done_at) result.reports.push_back(std::move(report));
    }
  std::ranges::sort(result.reports, {}, [](const auto& report) { return std::tie(report.due_on, report.name); });
  return result;
}

Result<void> note_report(Session& session, const std::string& name, const kpi::Period& period) {
  if (period != kpi::Period::month_of(period.from) || session.now.date() <= period.to) return {};
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  if (SHOUYUE_TRY(done_at(session, name, period))) return {};
  SHOUYUE_CHECK(session.store.set_meta(done_name(name, period), session.now.text()));
  SHOUYUE_CHECK(session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "report", .detail = name + " " + period.text()}));
  SHOUYUE_CHECK(transaction.commit());
  return {};
}

}  // namespace shouyue::app
