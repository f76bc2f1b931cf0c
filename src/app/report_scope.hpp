#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "app/policy_deriver.hpp"
#include "followup/outcome.hpp"
#include "kpi/period.hpp"
#include "report/document.hpp"

namespace shouyue::app {

struct ReportRequest {
  kpi::Period period;
  std::string org_code;          // with everything below it; empty: the whole company
  std::string names_below = {};  // lists name only policies that are at or below this organisation today; empty: all
  bool with_commission = true;   // who may not see commission gets the report without its sums
};

// What a report is about: a period, an office with everything below it, and the stored state as of the last run.
class ReportScope {
 public:
  // Errors: report.unknown_organisation, those of PolicyDeriver::load.
  static Result<ReportScope> load(Session& session, const ReportRequest& request);

  const kpi::Period& period() const { return request_.period; }
  Instant as_of() const { return as_of_; }
  PolicyDeriver& deriver() { return deriver_; }

  // The office of an organisation that the report shows in a line of its own: the one directly below the office that
  // was asked for; for the whole company the branch. Organisations as they stand on the last day of the period.
  const std::string& unit_of(const std::string& org_code);
  bool holds(const std::string& org_code);
  // Whether a list may name policies of the organisation, as the organisations stand today.
  bool may_name(const std::string& org_code);

  // The insurer and the office, which may have the insurer's name in its own.
  std::string owner() const;
  // `福建分公司 <name> 2021-10`, and what period and facts the report has.
  report::Text title(const report::Text& name) const;
  report::Text lead() const;

  // The same, and by when the report of that name is due by the books of the profile, when they say.
  // Errors: those of report_deadlines.
  Result<report::Text> lead_with_due_day(const std::string& report_name) const;

  // Cases and tickets of the offices of the report, whatever their days.
  Result<void> each_case(const Sink<CaseRow>& sink);
  Result<void> each_ticket(const Sink<TicketRow>& sink);
  // Attempts of the period, with the case and what the outcome table makes of them.
  using VisitSink = std::function<Result<void>(const CaseRow&, const insurer::Attempt&, const followup::Reduced&)>;
  Result<void> each_attempt(const VisitSink& sink);

 private:
  struct Office {
    bool is_in_scope = false, may_be_named = false;
    std::string unit;
  };
  ReportScope(Session& session, ReportRequest request, PolicyDeriver deriver, Instant as_of)
      : session_(&session), request_(std::move(request)), deriver_(std::move(deriver)), as_of_(as_of) {}
  const Office& office(const std::string& org_code);
  Result<void> attempts_of(const CaseRow& row, const VisitSink& sink);

  Session* session_;
  ReportRequest request_;
  PolicyDeriver deriver_;
  Instant as_of_;
  std::unordered_map<std::string, Office> offices_;
};

}  // namespace shouyue::app
