#include "app/period_figures.hpp"

namespace shouyue::app {
namespace {

using insurer::CaseStatus;

bool is_left_out(CaseStatus state) {
  return state == CaseStatus::out_of_scope || state == CaseStatus::waived || state == CaseStatus::cancelled ||
         state == CaseStatus::not_due;
}

// Links that nobody has answered: the link is the first means, so that of others the last one is no link.
bool has_only_links(const CaseRow& row) {
  return row.last_leg == insurer::Leg::electronic && row.last_connection != insurer::Connection::answered;
}

void count_case(OfficeFigures& office, const CaseRow& row) {
  ++office.issued;
  if (is_left_out(row.state)) {
    ++office.excluded;
    return;
  }
  ++office.due;
  if (row.attempts > 0 && !has_only_links(row)) ++office.visited;
  ++office.by_class[static_cast<std::size_t>(row.result_class)];
  if (!row.success) return;
  ++office.succeeded;
  if (row.leg) ++office.succeeded_by_leg[static_cast<std::size_t>(*row.leg)];
}

void count_attempt(OfficeFigures& office, const insurer::Attempt& attempt) {
  const bool is_link = attempt.leg == insurer::Leg::electronic;
  if (!is_link) ++office.attempts;
  if (attempt.interview != insurer::Interview::complete) return;
  ++office.completed;
  if (is_link) ++office.link_questionnaires;
  if (attempt.leg == insurer::Leg::letter || attempt.leg == insurer::Leg::door_visit) ++office.paper_questionnaires;
}

void count_ticket(OfficeFigures& office, const TicketRow& row, const kpi::Period& period) {
  if (row.closed_at && period.holds(row.closed_at->date())) ++office.tickets_closed;
  if (!period.holds(row.opened_at.date())) return;
  ++office.tickets_opened;
  if (row.timeliness == insurer::Timeliness::overdue) ++office.tickets_overdue;
}

}  // namespace

void OfficeFigures::add(const OfficeFigures& other) {
  issued += other.issued, due += other.due, excluded += other.excluded;
  visited += other.visited, succeeded += other.succeeded;
  for (std::size_t i = 0; i < succeeded_by_leg.size(); ++i) succeeded_by_leg[i] += other.succeeded_by_leg[i];
  for (std::size_t i = 0; i < by_class.size(); ++i) by_class[i] += other.by_class[i];
  attempts += other.attempts, completed += other.completed, paper_questionnaires += other.paper_questionnaires;
  link_questionnaires += other.link_questionnaires;
  tickets_opened += other.tickets_opened, tickets_closed += other.tickets_closed;
  tickets_overdue += other.tickets_overdue;
}

Result<PeriodFigures> period_figures(ReportScope& scope) {
  PeriodFigures figures;
  SHOUYUE_CHECK(scope.each_case([&](CaseRow& row) -> Result<void> {
    if (scope.period().holds(row.issued_on)) count_case(figures.offices[scope.unit_of(row.org_code)], row);
    return {};
  }));
  SHOUYUE_CHECK(scope.each_attempt(
      [&](const CaseRow& row, const insurer::Attempt& attempt, const followup::Reduced&) -> Result<void> {
        count_attempt(figures.offices[scope.unit_of(row.org_code)], attempt);
        if (attempt.leg != insurer::Leg::electronic && attempt.connection != insurer::Connection::answered)
          ++figures.reasons[attempt.connection];
        return {};
      }));
  SHOUYUE_CHECK(scope.each_ticket([&](TicketRow& row) -> Result<void> {
    count_ticket(figures.offices[scope.unit_of(row.org_code)], row, scope.period());
    return {};
  }));
  // Offices that had nothing at all in the period are no line of a report.
  std::erase_if(figures.offices, [](const auto& office) {
    const OfficeFigures& of = office.second;
    return of.issued == 0 && of.attempts == 0 && of.completed == 0 && of.tickets_opened == 0 && of.tickets_closed == 0;
  });
  for (const auto& [name, office] : figures.offices) figures.all.add(office);
  return figures;
}

}  // namespace shouyue::app
