#include "followup/derive.hpp"

#include <algorithm>

#include "followup/background.hpp"
#include "followup/leg_run.hpp"
#include "followup/second_visit.hpp"
#include "regime/rows.hpp"
#include "regime/vocabulary.hpp"
#include "worklist/ticket_track.hpp"

namespace shouyue::followup {
namespace {

using insurer::CaseStatus;
using worklist::Context;

class Derivation {
 public:
  Derivation(const Context& context, std::span<const Reduced> reduced, const std::vector<intake::Defect>& defects,
             bool reachable, Now& now)
      : context_(context),
        book_(*context.books.visits),
        rules_book_(*book_.followup),
        reduced_(reduced),
        defects_(defects),
        reachable_(reachable),
        now_(now) {}

  Result<Case> run() {
    case_.attempts = static_cast<int>(context_.facts.attempts.size());
    if (!now_.reached(context_.facts.policy.issued_on)) return finish();
    if (!rules_book_.scope.holds(context_.policy_row))
      return finish(CaseStatus::out_of_scope, rules_book_.scope_clause);
    note_visits();
    open_tickets_of_intake();
    SHOUYUE_CHECK(decide_days());
    if (rules_book_.waiver && is_waived()) return finish(CaseStatus::waived, rules_book_.waiver->clause);
    SHOUYUE_CHECK(decide_outcome());
    if (contract_ended(case_.success_on)) return finish(CaseStatus::cancelled, rules_book_.cancelled_clause);
    SHOUYUE_CHECK(walk_legs());
    SHOUYUE_CHECK(close_at_deadline());
    open_tickets_of_attempts();
    decide_class();
    decide_completion();
    SHOUYUE_CHECK(ask_for_second_visit());
    return finish();
  }

 private:
  Result<Case> finish() {
    case_.rules = rules_.list();
    return std::move(case_);
  }
  Result<Case> finish(CaseStatus status, const regime::Clause& clause) {
    case_.status = status;
    if (status == CaseStatus::cancelled) open_tickets_of_attempts();
    rules_.add(clause);
    return finish();
  }

  Result<void> decide_days() {
    if (const auto end = SHOUYUE_TRY(cooling_off_end(context_))) {
      case_.cooling_off_end = end->day;
      rules_.add(*end->clause);
    }
    known_ = worklist::KnownDays(context_.facts);
    known_.set(regime::Basis::cooling_off_end, case_.cooling_off_end);
    if (!rules_book_.deadline) return {};
    const auto deadline = SHOUYUE_TRY(
        worklist::day_of(*rules_book_.deadline, known_, context_.governing(), context_.policy_row, context_.calendar));
    if (deadline) {
      case_.deadline = deadline->day;
      rules_.add(*deadline->clause);
    }
    return {};
  }

  bool is_waived() const {
    return context_.facts.policy.special_request == insurer::SpecialRequest::waiver ||
           context_.facts.has_exception(insurer::ExceptionKind::waiver);
  }

  void note_visits() {
    for (std::size_t i = 0; i < reduced_.size(); ++i) {
      const Reduced& reduced = reduced_[i];
      const bool clean = reduced.success() && reduced.rule->result_class != insurer::ResultClass::problem;
      case_.visits.push_back({context_.facts.attempts[i].started_at, reduced.success(), clean});
    }
  }

  // One ticket of each kind, whatever is wrong.
  void open_tickets_of_intake() {
    for (const intake::Defect& defect : defects_) {
      if (!defect.rule || !defect.rule->opens || number_of(*defect.rule->opens) > 0) continue;
      const Instant at = Instant::start_of(context_.facts.policy.issued_on);
      expr::Row row = regime::row_without_attempt(context_.policy_row);
      regime::set_background(row, background_at(context_, std::nullopt, at));
      case_.openings.push_back({.kind = *defect.rule->opens,
                                .at = at,
                                .attempt = std::nullopt,
                                .previous_leg_end = std::nullopt,
                                .clause = &defect.rule->clause,
                                .row = row});
    }
  }

  Result<void> decide_outcome() {
    case_.deciding = SHOUYUE_TRY(deciding_attempt(context_, reduced_, case_.cooling_off_end));
    for (std::size_t i = 0; i < reduced_.size() && !case_.first_success_on; ++i)
      if (reduced_[i].may_decide() && reduced_[i].success())
        case_.first_success_on = context_.facts.attempts[i].started_at.date();
    if (!case_.deciding) return {};
    if (reduced_.size() > 1) rules_.add(rules_book_.decides.clause);
    rules_.add(reduced_[*case_.deciding].rule->clause);
    if (!reduced_[*case_.deciding].success()) return {};
    case_.success = true;
    case_.success_on = context_.facts.attempts[*case_.deciding].started_at.date();
    case_.leg = context_.facts.attempts[*case_.deciding].leg;
    return {};
  }

  // The contract ended, before that day if one is given.
  bool contract_ended(std::optional<Date> before) const {
    return std::ranges::any_of(context_.facts.changes, [&](const insurer::PolicyChange& change) {
      return (rules_book_.cancelled_by & insurer::bit(change.change)) != 0 && (!before || change.on < *before);
    });
  }

  const regime::Leg* first_leg() const {
    for (const regime::Leg& leg : rules_book_.legs)
      if (!leg.is_second_visit && (!leg.optional || attempted(leg.leg))) return &leg;
    return nullptr;
  }
  bool attempted(insurer::Leg leg) const {
    return std::ranges::any_of(context_.facts.attempts, [leg](const auto& attempt) { return attempt.leg == leg; });
  }
  std::optional<std::size_t> first_attempt_after(const regime::Leg& leg) const {
    for (std::size_t i = 0; i < context_.facts.attempts.size(); ++i) {
      const regime::Leg* other = rules_book_.find(context_.facts.attempts[i].leg);
      if (other && !other->is_second_visit && other->order > leg.order) return i;
    }
    return std::nullopt;
  }

  // The attempt since which the case has been successful without a break.
  Result<std::size_t> successful_since() const {
    const auto decides = SHOUYUE_TRY(rules_book_.decides.on(context_.governing(), context_.policy_row));
    const bool keeps_success = decides.value == "last_success" || decides.value == "first_success";
    std::size_t since = *case_.deciding;
    for (std::size_t i = since; i-- > 0;) {
      if (!reduced_[i].may_decide()) continue;
      if (reduced_[i].success())
        since = i;
      else if (!keeps_success)
        break;
    }
    return since;
  }

  Result<void> walk_legs() {
    const regime::Leg* leg = first_leg();
    LegEntry entry{.known = known_, .is_first = true, .reachable = reachable_};
    if (case_.success) entry.success = SHOUYUE_TRY(successful_since());
    while (leg) {
      entry.later = first_attempt_after(*leg);
      const LegRun run = SHOUYUE_TRY(run_leg(context_, *leg, entry, reduced_, now_));
      case_.leg = case_.success ? case_.leg : std::optional(leg->leg);
      if (run.cadence.start_clause) rules_.add(*run.cadence.start_clause);
      note_means(run);
      if (!run.end) return stay_on(run, entry);
      if (run.end->by == "success") {
        case_.status = CaseStatus::succeeded;
        return {};
      }
      leg = SHOUYUE_TRY(hand_over(run, entry));
    }
    case_.status = waits_for_ticket() ? CaseStatus::with_branch
                   : case_.success    ? CaseStatus::succeeded
                                      : CaseStatus::failed;
    return {};
  }

  void note_means(const LegRun& run) {
    Means means{.leg = run.leg, .attempts = static_cast<int>(run.attempts.size())};
    if (!run.attempts.empty()) means.last = run.attempts.back();
    if (run.end) {
      means.ended_at = run.end->at;
      means.ended_by = run.end->by;
      means.clause = run.end->clause;
    }
    case_.means.push_back(means);
  }

  // The leg goes on, or has not begun.
  Result<void> stay_on(const LegRun& run, const LegEntry& entry) {
    if (case_.success) {
      case_.status = CaseStatus::succeeded;
      return {};
    }
    using regime::Performer;
    const Performer performer = run.leg->performer;
    if (!run.started) {
      case_.status = entry.is_first                                         ? CaseStatus::not_due
                     : waits_for_branch() || performer == Performer::branch ? CaseStatus::with_branch
                                                                            : CaseStatus::waiting;
      if (!entry.is_first || !run.cadence.start_clause) return {};
    } else {
      case_.status = performer == Performer::branch  ? CaseStatus::with_branch
                     : performer == Performer::agent ? CaseStatus::waiting
                                                     : CaseStatus::open;
    }
    case_.next_slot_from =
        SHOUYUE_TRY(worklist::next_legal(run.cadence, run.history, run.cadence.start, context_.calendar));
    if (!run.started || !run.leg->on_worklist) return {};
    case_.active = ActiveLeg{run.leg, run.cadence, run.history};
    return {};
  }

  // Ends a leg without success; gives the next one.
  Result<const regime::Leg*> hand_over(const LegRun& run, LegEntry& entry) {
    const bool succeeded_once = std::ranges::any_of(run.attempts, [&](std::size_t i) { return reduced_[i].success(); });
    if (!succeeded_once && run.end->by != "passed_over") case_.failed_legs |= insurer::bit(run.leg->leg);
    if (run.end->clause) rules_.add(*run.end->clause);
    entry.is_first = false;
    ended_with_ticket_ = false;
    entry.not_before = run.end->at;
    entry.feedback_at.reset();
    entry.appointment.reset();
    if (run.leg->performer == regime::Performer::holder) entry.appointment = run.cadence.appointment;
    entry.known.set(regime::Basis::previous_leg_end, run.end->at.date());
    if (run.end->by == "later_leg") {
      entry.known.set(regime::Basis::ticket_feedback, run.end->at.date());
      return rules_book_.find(context_.facts.attempts[*run.end->attempt].leg);
    }
    const expr::Row row = last_row(run);
    for (const regime::HandOver& rule : run.leg->hand_overs) {
      if (!rule.when.holds(row)) continue;
      rules_.add(rule.clause);
      ended_with_ticket_ = rule.opens.has_value();
      if (rule.opens) {
        const Opening opening{.kind = *rule.opens,
                              .at = run.end->at,
                              .attempt = run.end->attempt,
                              .previous_leg_end = run.end->at.date(),
                              .clause = &rule.clause,
                              .row = row};
        SHOUYUE_CHECK(open_ticket(opening, entry));
      }
      return rule.next ? rules_book_.find(*rule.next) : nullptr;
    }
    return nullptr;
  }

  expr::Row last_row(const LegRun& run) const {
    expr::Row row;
    if (run.end->attempt) {
      row = reduced_[*run.end->attempt].row;
    } else {
      row = regime::row_without_attempt(context_.policy_row);
      if (run.end->by == "no_phone")
        row = regime::attempt_row(context_.policy_row,
                                  insurer::Attempt{.leg = run.leg->leg, .connection = insurer::Connection::no_phone},
                                  *book_.outcome);
    }
    regime::set_background(row, background_at(context_, run.end->attempt, run.end->at));
    regime::set_ended_by(row, book_.attempt_schema, run.end->by);
    return row;
  }

  Result<void> open_ticket(const Opening& opening, LegEntry& entry) {
    const insurer::TicketKind kind = opening.kind;
    const auto id = worklist::ticket_id(context_.facts.policy.policy_no, kind, number_of(kind) + 1);
    const auto track = worklist::track(context_, id, kind, opening.at, {}, {});
    std::optional<Date> feedback;
    if (track.feedback_at) feedback = track.feedback_at->date();
    if (!feedback && track.closed_at) feedback = track.closed_at->date();
    for (const insurer::PolicyChange& change : context_.facts.changes)
      if (change.change == insurer::Change::phone_change && change.on >= opening.at.date() &&
          (!feedback || change.on < *feedback))
        feedback = change.on;
    entry.known.set(regime::Basis::ticket_feedback, feedback);
    if (track.feedback_at && feedback == track.feedback_at->date()) entry.feedback_at = track.feedback_at;
    waiting_kind_ = kind;
    case_.openings.push_back(opening);
    const regime::TicketRule* rule = context_.books.ticket(kind);
    if (!rule) return {};
    const auto due = SHOUYUE_TRY(worklist::due_day(context_, *rule, entry.known, opening.at.date(), opening.row));
    if (due) entry.known.set(regime::Basis::ticket_due, due->day + 1);
    return {};
  }

  int number_of(insurer::TicketKind kind) const {
    return static_cast<int>(
        std::ranges::count_if(case_.openings, [kind](const Opening& other) { return other.kind == kind; }));
  }

  bool waits_for_branch() const {
    if (!waiting_kind_) return false;
    const regime::TicketRule* rule = context_.books.ticket(*waiting_kind_);
    return rule && rule->handler == regime::Performer::branch;
  }

  // The ticket that the last hand-over opened is still being worked on.
  bool waits_for_ticket() const {
    if (case_.success || !ended_with_ticket_) return false;
    const Opening& last = case_.openings.back();
    return !track_of(last, number_of(last.kind), {}).closed_at;
  }

  worklist::TicketTrack track_of(const Opening& opening, int number, const std::vector<worklist::Visit>& visits) const {
    const auto id = worklist::ticket_id(context_.facts.policy.policy_no, opening.kind, number);
    return worklist::track(context_, id, opening.kind, opening.at, {}, visits);
  }

  Result<void> close_at_deadline() {
    if (case_.success || !case_.deadline || case_.status == CaseStatus::failed) return {};
    const auto after = SHOUYUE_TRY(rules_book_.after_deadline.on(context_.governing(), context_.policy_row));
    if (after.value != "close" || !now_.is_past(*case_.deadline)) return {};
    rules_.add(*after.clause);
    case_.status = CaseStatus::failed;
    case_.active.reset();
    case_.next_slot_from.reset();
    return {};
  }

  void open_tickets_of_attempts() {
    for (std::size_t i = 0; i < reduced_.size(); ++i)
      if (reduced_[i].rule->opens)
        case_.openings.push_back({.kind = *reduced_[i].rule->opens,
                                  .at = context_.facts.attempts[i].started_at,
                                  .attempt = i,
                                  .previous_leg_end = std::nullopt,
                                  .clause = &reduced_[i].rule->clause,
                                  .row = reduced_[i].row});
    std::ranges::stable_sort(case_.openings, {}, &Opening::at);
    keep_one_open_ticket_a_kind();
  }

  // While a ticket of a kind is worked on, the same kind is not opened again.
  void keep_one_open_ticket_a_kind() {
    std::vector<Opening> kept;
    for (const Opening& opening : case_.openings) {
      int number = 0;
      const Opening* newest = nullptr;
      for (const Opening& other : kept)
        if (other.kind == opening.kind) {
          ++number;
          newest = &other;
        }
      const auto done = newest ? work_done_at(*newest, number) : opening.at;
      if (done && *done <= opening.at) kept.push_back(opening);
    }
    case_.openings = std::move(kept);
  }

  // When the office has no more to do about the ticket. One that blocks completion is worked on until it is closed.
  std::optional<Instant> work_done_at(const Opening& opening, int number) const {
    const worklist::TicketTrack track = track_of(opening, number, case_.visits);
    const regime::TicketRule* rule = context_.books.ticket(opening.kind);
    const bool by_feedback = rule && rule->done_by_feedback && !rule->blocks_completion && track.feedback_at;
    return by_feedback && (!track.closed_at || *track.feedback_at < *track.closed_at) ? track.feedback_at
                                                                                      : track.closed_at;
  }

  void decide_class() {
    if (!case_.deciding) {
      const auto by_follow_up = [](const Opening& opening) { return opening.attempt || opening.previous_leg_end; };
      if (case_.failed_legs != 0 && std::ranges::any_of(case_.openings, by_follow_up))
        case_.result_class = insurer::ResultClass::verification;
      return;
    }
    const bool handed_over = case_.failed_legs != 0 || case_.status == CaseStatus::failed || case_.first_success_on;
    if (case_.success || handed_over) case_.result_class = reduced_[*case_.deciding].rule->result_class;
  }

  // Complete: successful, and every doubt answered (on the line, by a later visit, or by the ticket it opened).
  void decide_completion() {
    if (!case_.success) return;
    Instant done = context_.facts.attempts[*case_.deciding].started_at;
    if (reduced_[*case_.deciding].rule->result_class == insurer::ResultClass::problem) {
      const auto kind = reduced_[*case_.deciding].rule->opens;
      const regime::TicketRule* rule = kind ? context_.books.ticket(*kind) : nullptr;
      if (rule && rule->blocks_completion) {
        rules_.add(rule->clause);
        const auto closed = blocking_ticket_closed(*kind);
        if (!closed) return;
        done = std::max(done, *closed);
      }
    }
    case_.completed = true;
    case_.completed_on = done.date();
  }

  std::optional<Instant> blocking_ticket_closed(insurer::TicketKind kind) const {
    const Opening* newest = nullptr;
    for (const Opening& opening : case_.openings)
      if (opening.kind == kind) newest = &opening;
    return newest ? track_of(*newest, number_of(kind), case_.visits).closed_at : std::nullopt;
  }

  Result<void> ask_for_second_visit() {
    if (!case_.success || contract_ended({})) return {};
    const auto visit = SHOUYUE_TRY(second_visit(context_, case_, known_, reduced_, reachable_, now_));
    if (!visit) return {};
    const LegRun& run = visit->run;
    rules_.add(visit->ticket->clause);
    if (run.cadence.start_clause) rules_.add(*run.cadence.start_clause);
    note_means(run);
    if (run.end) return {};
    case_.next_slot_from =
        SHOUYUE_TRY(worklist::next_legal(run.cadence, run.history, run.cadence.start, context_.calendar));
    if (run.leg->on_worklist) case_.active = ActiveLeg{run.leg, run.cadence, run.history};
    return {};
  }

  const Context& context_;
  const regime::Regime& book_;
  const regime::Followup& rules_book_;
  std::span<const Reduced> reduced_;
  const std::vector<intake::Defect>& defects_;
  bool reachable_;
  Now& now_;
  Case case_;
  worklist::Rules rules_;
  worklist::KnownDays known_;
  std::optional<insurer::TicketKind> waiting_kind_;
  bool ended_with_ticket_ = false;
};

}  // namespace

Result<std::optional<worklist::TermDay>> cooling_off_end(const Context& context) {
  const regime::Followup& book = *context.books.visits->followup;
  worklist::KnownDays known(context.facts);
  const auto basis = known.basis_of(book.cooling_off);
  if (basis && book.product_days_first && context.surroundings.cooling_off_days) {
    const Date end =
        SHOUYUE_TRY(worklist::count_from(*basis, *context.surroundings.cooling_off_days, regime::Unit::days,
                                         book.cooling_off.count_from, context.calendar));
    return std::optional(worklist::TermDay{end, &book.cooling_off.count.clause});
  }
  return worklist::day_of(book.cooling_off, known, context.governing(), context.policy_row, context.calendar);
}

Result<Case> derive(const Context& context, std::span<const Reduced> reduced,
                    const std::vector<intake::Defect>& defects, bool reachable, Now& now) {
  return Derivation(context, reduced, defects, reachable, now).run();
}

}  // namespace shouyue::followup
