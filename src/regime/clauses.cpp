#include "regime/clauses.hpp"

#include <algorithm>

namespace shouyue::regime {
namespace {

class Collector {
 public:
  void add(const Clause& clause) {
    if (!clause.id.empty()) clauses_.push_back(&clause);
  }
  template <class T>
  void add(const Parameter<T>& parameter) {
    add(parameter.clause);
  }
  void add(const Term& term) { add(term.count), add(term.not_after); }
  void add(const NotAfter& not_after) { add(not_after.clause); }
  void add(const Score& score) { add(score.clause); }
  template <class T>
  void add(const std::optional<T>& maybe) {
    if (maybe) add(*maybe);
  }
  template <class T>
  void add(const std::vector<T>& list) {
    for (const T& entry : list) add(entry);
  }

  void add(const Leg& leg) {
    add(leg.clause), add(leg.only_for_clause), add(leg.start), add(leg.limit), add(leg.per_day_max), add(leg.days_min),
        add(leg.days_max);
    add(leg.attempts_max), add(leg.bands_min), add(leg.interval_hours), add(leg.window_clause);
    add(leg.ends_at_once_clause), add(leg.proves), add(leg.hand_overs);
  }
  void add(const Followup& followup) {
    add(followup.scope_clause), add(followup.cooling_off), add(followup.deadline), add(followup.decides);
    add(followup.after_deadline), add(followup.early_visit), add(followup.waiver), add(followup.cancelled_clause);
    add(followup.person_per_day_max), add(followup.legs);
  }
  void add(const Waiver& waiver) { add(waiver.clause), add(waiver.papers), add(waiver.approval); }
  void add(const WaiverApproval& approval) { add(approval.clause); }
  void add(const Outcome& outcome) { add(outcome.groups), add(outcome.neutral_clause), add(outcome.rules); }
  void add(const Questionnaire& questionnaire) { add(questionnaire.questions); }
  void add(const TicketRule& rule) {
    add(rule.clause), add(rule.due), add(rule.due_otherwise), add(rule.warning_days), add(rule.subtypes);
    add(rule.replies), add(rule.results), add(rule.first_review);
  }
  void add(const TicketResults& results) { add(results.clause); }
  void add(const FirstReview& review) { add(review.clause); }
  void add(const ReceiptRules& rules) {
    add(rules.returned_clause), add(rules.hand_in), add(rules.late);
    add(rules.electronic_needs_paper), add(rules.preferred_visit);
  }
  void add(const ReportRule& report) { add(report.due_day); }
  void add(const Crosswalk& crosswalk) { add(crosswalk.clause); }
  void add(const Deduction& deduction) { add(deduction.clause), add(deduction.amount); }
  void add(const Commission& commission) {
    add(commission.cut_off_day), add(commission.holds), add(commission.withholds), add(commission.cancels);
    add(commission.deductions), add(commission.deduction_cap);
  }
  void add(const Indicator& indicator) {
    add(indicator.clause), add(indicator.exclusions), add(indicator.final_after), add(indicator.score);
  }
  void add(const FinalStep& step) { add(step.count); }
  void add(const Kpi& kpi) { add(kpi.indicators); }
  void add(const AnalysisBreakdown& breakdown) {
    add(breakdown.clause), add(breakdown.parts), add(breakdown.groups), add(breakdown.totals);
  }
  void add(const Analysis& analysis) {
    add(analysis.clause), add(analysis.ticket_results), add(analysis.counts), add(analysis.breakdowns);
  }
  void add(const Intake& intake) { add(intake.shared_phone_holders), add(intake.defects); }
  // Everything that is a clause and nothing more to look into.
  template <class T>
    requires requires(const T& entry) {
      entry.clause.id;
      entry.when;
    } || std::is_same_v<T, ReasonGroup> || std::is_same_v<T, TicketResult> || std::is_same_v<T, AnalysisGroup> ||
             std::is_same_v<T, AnalysisTotal> || std::is_same_v<T, WaiverPaper>
  void add(const T& entry) {
    add(entry.clause);
  }

  std::vector<const Clause*> take() {
    std::sort(clauses_.begin(), clauses_.end(), [](const Clause* a, const Clause* b) { return a->id < b->id; });
    return std::move(clauses_);
  }

 private:
  std::vector<const Clause*> clauses_;
};

}  // namespace

std::vector<const Clause*> clauses_of(const Regime& regime) {
  Collector collector;
  collector.add(regime.intake);
  collector.add(regime.followup);
  collector.add(regime.outcome);
  collector.add(regime.questionnaire);
  for (const auto& [kind, rule] : regime.tickets) collector.add(rule);
  collector.add(regime.ticket_order);
  collector.add(regime.receipt);
  collector.add(regime.letters);
  collector.add(regime.reports);
  collector.add(regime.crosswalks);
  collector.add(regime.commission);
  collector.add(regime.kpi);
  collector.add(regime.analysis);
  return collector.take();
}

}  // namespace shouyue::regime
