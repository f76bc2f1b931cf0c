#include "app/report_scope.hpp"

#include <algorithm>
#include <limits>

#include "app/organisation_part.hpp"
#include "app/report_deadlines.hpp"
#include "insurer/visible.hpp"
#include "intake/defects.hpp"
#include "regime/rows.hpp"

namespace shouyue::app {

Result<ReportScope> ReportScope::load(Session& session, const ReportRequest& request) {
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  if (!request.org_code.empty() && !deriver.directory().has_organisation(request.org_code))
    return refuse(Errc::not_found, "report.unknown_organisation",
                  "no organisation has the code " + request.org_code + "; see the organisations that were imported",
                  "没有代码为 " + request.org_code + " 的机构，请核对已导入的机构");
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  return ReportScope(session, request, std::move(deriver), Instant::from_milliseconds(run_now));
}

const ReportScope::Office& ReportScope::office(const std::string& org_code) {
  const auto [entry, is_new] = offices_.try_emplace(org_code);
  if (!is_new) return entry->second;
  const auto path = deriver_.directory().path(org_code, request_.period.to);
  const auto chosen = std::ranges::find(path, request_.org_code, &insurer::Organisation::code);
  const auto branch = std::ranges::find(path, insurer::Level::branch, &insurer::Organisation::level);
  Office& office = entry->second;
  office.is_in_scope = request_.org_code.empty() || chosen != path.end();
  const Date today = session_->now.date();
  office.may_be_named = OrganisationPart(deriver_.directory(), request_.names_below, today).holds(org_code);
  const insurer::Organisation* unit = path.empty() ? nullptr : path.back();
  if (request_.org_code.empty() && branch != path.end()) unit = *branch;
  if (chosen != path.end()) unit = chosen == path.begin() ? *chosen : *(chosen - 1);
  office.unit = unit ? unit->name : org_code;
  return office;
}

const std::string& ReportScope::unit_of(const std::string& org_code) { return office(org_code).unit; }
bool ReportScope::holds(const std::string& org_code) { return office(org_code).is_in_scope; }
bool ReportScope::may_name(const std::string& org_code) { return office(org_code).may_be_named; }

std::string ReportScope::owner() const {
  const std::string& insurer = deriver_.profile().insurer;
  const auto* office = deriver_.directory().organisation(request_.org_code, request_.period.to);
  if (!office) return insurer;
  return office->name.starts_with(insurer) ? office->name : insurer + " " + office->name;
}

report::Text ReportScope::title(const report::Text& name) const {
  return {owner() + " " + name.zh + " " + request_.period.text(),
          owner() + ": " + name.en + ", " + request_.period.text()};
}

report::Text ReportScope::lead() const {
  const auto& period = request_.period;
  return {"期间 " + period.from.text() + " 至 " + period.to.text() + "，数据截至 " + as_of_.plain_text(),
          "Period " + period.from.text() + " to " + period.to.text() + ", facts up to " + as_of_.plain_text()};
}

Result<report::Text> ReportScope::lead_with_due_day(const std::string& report_name) const {
  report::Text text = lead();
  const ReportDeadlines deadlines = SHOUYUE_TRY(report_deadlines(*session_, true));
  for (const ReportDeadline& deadline : deadlines.reports) {
    if (deadline.name != report_name || deadline.period != request_.period) continue;
    text.zh += "；应于 " + deadline.due_on.text() + " 前报送（含当日，" + deadline.clause->id + "）";
    text.en += "; due by " + deadline.due_on.text() + " (" + deadline.clause->id + ")";
  }
  return text;
}

Result<void> ReportScope::each_case(const Sink<CaseRow>& sink) {
  return session_->store.each_case(
      [&](CaseRow& row) -> Result<void> { return holds(row.org_code) ? sink(row) : Result<void>(); });
}

Result<void> ReportScope::each_ticket(const Sink<TicketRow>& sink) {
  return session_->store.each_ticket(
      [&](TicketRow& row) -> Result<void> { return holds(row.org_code) ? sink(row) : Result<void>(); });
}

Result<void> ReportScope::each_attempt(const VisitSink& sink) {
  std::vector<CaseRow> cases;
  SHOUYUE_CHECK(each_case([&](CaseRow& row) -> Result<void> {
    if (row.attempts_day && *row.attempts_day >= request_.period.from && row.issued_on <= request_.period.to)
      cases.push_back(std::move(row));
    return {};
  }));
  for (const CaseRow& row : cases) SHOUYUE_CHECK(attempts_of(row, sink));
  return {};
}

Result<void> ReportScope::attempts_of(const CaseRow& row, const VisitSink& sink) {
  const LoadedPolicy policy = SHOUYUE_TRY(deriver_.read(row.policy_no, as_of_));
  if (!policy.books->visits) return {};
  Now now(as_of_);
  const insurer::PolicyFacts known = insurer::as_known(policy.versions, std::numeric_limits<std::int64_t>::max());
  const insurer::VisibleFacts facts = insurer::visible_at(known, now);
  const auto defects = SHOUYUE_TRY(intake::defects_of(facts.policy, policy.surroundings, policy.books->intake));
  const worklist::Context context{facts,
                                  policy.surroundings,
                                  *policy.books,
                                  *policy.calendar,
                                  regime::policy_row(facts.policy, policy.surroundings),
                                  intake::bits_of(defects)};
  for (std::size_t i = 0; i < facts.attempts.size(); ++i)
    if (request_.period.holds(facts.attempts[i].started_at.date()))
      SHOUYUE_CHECK(sink(row, facts.attempts[i], followup::reduce(context, i)));
  return {};
}

}  // namespace shouyue::app
