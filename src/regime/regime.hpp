#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "base/money.hpp"
#include "calendar/business_hours.hpp"
#include "expr/expression.hpp"
#include "insurer/codes.hpp"
#include "regime/parameter.hpp"

// A rule book in memory: what `regimes/<id>/*.toml` says, checked, with its layers merged. Immutable once loaded.
namespace shouyue::regime {

enum class Performer : std::uint8_t { head_office, branch, agent, holder };

// What follows when a leg ends without success; the first whose condition holds. The condition reads the attempt schema
// of the last attempt (see vocabulary.hpp) and `ended_by`.
struct HandOver {
  Clause clause;
  expr::Expression when;
  std::optional<insurer::TicketKind> opens;
  std::optional<insurer::Leg> next;  // empty: the case has failed when no ticket is open
};

// The leg verifies that a visit really happened (真实性核实). An attempt on it for which `when` holds proves the newest
// attempt on one of `legs` before it; outcome rules see that as `reality_checked` of the visit. Such a leg never
// succeeds itself: the visit does, on the day of the visit.
struct RealityCheck {
  Clause clause;
  std::uint64_t legs = 0;  // bits of insurer::Leg
  expr::Expression when;
};

struct Leg {
  Clause clause;
  insurer::Leg leg;
  int order = 0;
  Performer performer = Performer::head_office;
  bool optional = false;         // passed over when nobody has attempted it (electronic link not sent)
  bool on_worklist = false;      // its attempts are taken from the worklist
  bool is_second_visit = false;  // a ticket asks for it: no hand-over leads to it, and its attempts never decide
  expr::Expression only_for;     // of the policy schema; policies for which it does not hold pass the leg over
  Clause only_for_clause;
  Term start;
  std::optional<Term> limit;  // the last day of the leg
  std::optional<Parameter<std::int64_t>> per_day_max;
  std::optional<Parameter<std::int64_t>> days_min;  // calendar days with an attempt, before time can end the leg
  std::optional<Parameter<std::int64_t>> days_max;  // consecutive days from the first attempt
  std::optional<Parameter<std::int64_t>> attempts_max;
  std::optional<Parameter<std::int64_t>> bands_min;       // attempts must cover so many periods of the window
  std::optional<Parameter<std::int64_t>> interval_hours;  // between the starts of two unsuccessful attempts
  std::optional<calendar::BusinessHours> window;
  Clause window_clause;
  expr::Expression ends_at_once;  // an attempt that makes further ones pointless (wrong number, refusal)
  Clause ends_at_once_clause;
  std::optional<RealityCheck> proves;
  std::vector<HandOver> hand_overs;
};

// A paper that is handed in with the request for a waiver.
struct WaiverPaper {
  std::string id;
  Clause clause;
};

// The office, of this level or above, at which a waiver is granted.
struct WaiverApproval {
  Clause clause;
  insurer::Level by = insurer::Level::branch;
};

struct Waiver {
  Clause clause;
  std::vector<WaiverPaper> papers;
  std::optional<WaiverApproval> approval;
};

struct Followup {
  expr::Expression scope;
  Clause scope_clause;
  Term cooling_off;                       // basis signed_on
  bool product_days_first = true;         // a product's own cooling-off length goes before the parameter
  std::optional<Term> deadline;           // the last day on which success is in time
  Parameter<std::string> decides;         // last, last_in_cooling_off, last_success, first_success
  Parameter<std::string> after_deadline;  // close, continue
  std::optional<Clause> early_visit;      // 提前回访: the first leg may start on the issue day
  std::optional<Waiver> waiver;           // 免回访
  std::uint64_t cancelled_by = 0;         // bits of insurer::Change that end the promise
  Clause cancelled_clause;
  std::optional<Parameter<std::int64_t>> person_per_day_max;  // contact budget over all policies of one person
  std::vector<Leg> legs;                                      // by order
  const Leg* find(insurer::Leg leg) const;
};

struct ReasonGroup {
  std::string id;
  Clause clause;
  std::vector<insurer::Connection> members;
};

// The first rule whose condition holds decides; the last one must be `true`.
struct OutcomeRule {
  Clause clause;
  expr::Expression when;
  insurer::ResultClass result_class = insurer::ResultClass::none;
  bool success = false;
  std::optional<insurer::TicketKind> opens;
};

struct Outcome {
  std::vector<ReasonGroup> groups;
  std::uint64_t neutral_findings = 0;  // findings that are no doubts (phone_changed)
  Clause neutral_clause;
  std::vector<OutcomeRule> rules;
  // Index of the group of a connection (in `groups`), or groups.size() when none has it.
  std::size_t group_of(insurer::Connection connection) const;
};

struct Question {
  std::string id;
  Clause clause;
  std::string text;  // Chinese
  std::string text_en;
  bool statutory = false;
  expr::Expression when;                    // of the schema of questions: the policy and the answers before it
  std::uint64_t ends_on = 0;                // bits of insurer::AnswerOption after which nothing more is asked
  std::optional<insurer::Finding> finding;          // what a `no` means
  std::optional<insurer::Finding> finding_unclear;  // what `unclear` means
  std::string explain;                      // what the caller may read out when asked; empty: nothing
  std::string explain_en;
  // The doubt that the answer leaves, if it leaves one.
  std::optional<insurer::Finding> finding_of(insurer::AnswerOption answer) const;
};

struct Questionnaire {
  std::string version;
  std::vector<Question> questions;
};

struct Subtype {
  std::string id;
  Clause clause;
  expr::Expression when;
};

// An answer that may be given on a ticket. Its condition reads the attempt schema, `subtype` included.
struct Reply {
  std::string id;
  Clause clause;
  expr::Expression when;
  std::string text;  // Chinese
  std::string text_en;
};

// A step that settles a ticket counts only with one of these results.
struct TicketResults {
  Clause clause;
  std::vector<insurer::TicketResult> words;
};

// A step that settles a ticket counts only after a `review` by the office of this level above the policy.
struct FirstReview {
  Clause clause;
  insurer::Level by = insurer::Level::city;
};

struct TicketRule {
  insurer::TicketKind kind;
  Clause clause;
  Performer handler = Performer::branch;  // who works on it: `branch`, `agent`, `head_office`
  std::optional<insurer::Level> route;    // nearest office of this level above the policy's; empty: the policy's own
  std::string desk, desk_en;              // inside that office; empty: not said
  Term due;
  std::optional<Term> due_otherwise;     // when no basis of `due` is known
  Parameter<std::int64_t> warning_days;  // working days before the due date from which the state is 警告
  bool done_by_feedback = false;         // the office's work is done with its first feedback; time stops there
  bool closed_by_steps = true;           // `resolve` and `close` close it; else they count as feedback
  bool closed_by_success = false;        // a later successful attempt closes it
  bool closed_by_clean_success = false;  // a later success without open doubt closes it
  bool blocks_completion = false;
  std::optional<insurer::Leg> second_visit;  // the leg of the visit that it asks for until it is closed
  std::vector<Subtype> subtypes;             // the first that holds
  std::vector<Reply> replies;                // all that hold
  std::optional<TicketResults> results;
  std::optional<FirstReview> first_review;
};

// A place in the order in which an office handles its tickets. The first condition that holds gives a ticket's place;
// the last one must be `true`. Conditions read the schema of open tickets (see vocabulary.hpp).
struct TicketOrder {
  std::string id;
  Clause clause;
  expr::Expression when;
};

struct ReceiptRules {
  std::vector<Basis> returned_by;  // the first known date is the day the receipt came back
  Clause returned_clause;
  bool signature_must_match = false;
  std::optional<Clause> electronic_needs_paper;  // an electronic receipt counts only with a paper one signed that day
  std::optional<Clause> preferred_visit;         // a preferred day of visit on the receipt is warned of
  std::optional<Term> hand_in;
  std::optional<Term> late;  // the last day in time; later costs `commission.deduction`
};

struct CommissionReason {  // a hold, a withholding or a cancellation
  std::string id;
  Clause clause;
  expr::Expression when;
  bool waits = false;  // a hold that is only "not yet" before the first settlement has passed over the policy
};

struct Deduction {
  std::string id;
  Clause clause;
  expr::Expression when;
  Parameter<Money> amount;
};

struct Commission {
  Parameter<std::int64_t> cut_off_day;  // what happened on this day of the month belongs to the next settlement
  std::vector<CommissionReason> holds, withholds, cancels;
  std::vector<Deduction> deductions;
  Clause deduction_cap;  // never more than the commission
};

enum class ScoreKind : std::uint8_t { none, steps, piecewise };

// Score moves by `points` for each `step` of distance from the healthy value; a part of a step counts as a whole one
// when `part_counts`.
struct StepScore {
  Decimal step, points;
  bool part_counts = false;
  std::optional<Decimal> limit;  // the most that can be won
};

struct Piece {  // score = slope·x + offset from `from` (inclusive) up to the next piece
  Decimal from, slope, offset;
};

struct Score {
  ScoreKind kind = ScoreKind::none;
  Clause clause;
  Decimal full;  // 满分 at the healthy value
  Decimal healthy, critical;
  bool higher_is_better = true;
  std::optional<StepScore> better, worse;
  Decimal floor;
  std::vector<Piece> pieces;  // by `from`
  Decimal from, upto;         // values outside are refused (piecewise)
  int decimals = 2;
};

struct Exclusion {
  std::string id;
  Clause clause;
  expr::Expression when;
};

// A stretch of time in which the figure of a period may still change in the ordinary course, after the one before it;
// the first counts from the last day of the period.
struct FinalStep {
  std::string id;
  Parameter<std::int64_t> count;
  Unit unit = Unit::days;  // not hours
  CountFrom count_from = CountFrom::next_day;
};

struct Indicator {
  std::string id;
  Clause clause;
  std::string table;   // policies, tickets; `external`: the product has no facts for it, only the score
  std::string cohort;  // a date column of the table: the period it falls in
  expr::Expression population;
  std::vector<Exclusion> exclusions;
  expr::Expression numerator;
  // Rows whose cohort day is later than the period but whose `early` day lies in it and for which `numerator` holds
  // count in numerator and denominator. Empty: none.
  std::string early;
  std::vector<FinalStep> final_after;  // empty: the book does not say when a figure is final
  Score score;
};

struct Kpi {
  std::vector<Indicator> indicators;
};

struct IntakeDefect {
  std::string id;  // a word of intake_defects(), see vocabulary.hpp
  Clause clause;
  std::optional<insurer::TicketKind> opens;
  std::optional<Date> from;
  expr::Expression when;  // of the policy schema; where it does not hold there is no defect
};

struct Intake {
  std::optional<Parameter<std::int64_t>> shared_phone_holders;  // so many holders on one phone make a duplicate number
  std::vector<IntakeDefect> defects;
};

// A result that offices write into ticket steps and that the analysis counts; read by its id or its title.
struct TicketResult {
  std::string id;
  Clause clause;
};

struct AnalysisCount {  // cases for which the condition holds
  std::string id;
  Clause clause;
  expr::Expression when;
};

struct AnalysisPart {
  std::string id;
  Clause clause;
  expr::Expression when;
  std::optional<std::size_t> group;  // in `groups` of the breakdown
};

struct AnalysisGroup {
  std::string id;
  Clause clause;
};

struct AnalysisTotal {  // several parts taken together
  std::string id;
  Clause clause;
  std::vector<std::size_t> parts;  // in `parts` of the breakdown
};

// The cases of one count by what they are. Each stands in the first part whose condition holds; those that stand in
// none are the difference between the parts and their base.
struct AnalysisBreakdown {
  std::string id;
  Clause clause;
  std::size_t base = 0;  // in `counts`; every share is of this
  std::vector<AnalysisPart> parts;
  std::vector<AnalysisGroup> groups;
  std::vector<AnalysisTotal> totals;
};

// What a company counts about visits that failed.
struct Analysis {
  Clause clause;
  std::size_t cohort = 0;         // position of a date in analysis_schema: the period that a case falls in
  std::uint64_t first_visit = 0;  // bits of the legs that make the first visit; all others are make-up visits
  std::vector<TicketResult> ticket_results;
  std::vector<AnalysisCount> counts;
  std::vector<AnalysisBreakdown> breakdowns;
};

// A letter to the policyholder: paragraphs, the questions that apply, paragraphs. The first whose condition (of the
// policy schema) holds is sent. Paragraphs hold placeholders such as {holder_name}: placeholders.hpp.
struct Letter {
  std::string id;
  Clause clause;
  expr::Expression when;
  std::vector<std::string> opening, closing;  // Chinese
};

// When a report is due: the last day in time, a day of the month after the one it is about.
struct ReportRule {
  std::string name;
  Parameter<std::int64_t> due_day;  // 1 … 28; its clause is the report's
};

// Words of this book beside those of another, for figures over several companies. See crosswalk.hpp.
struct Crosswalk {
  std::string other;  // id of the other book
  Clause clause;
  std::map<std::string, std::map<std::string, std::string>> words;  // by list: word here -> word there
};

// A value of a parameter or of one of its exceptions (`when`), as the book writes it.
struct StatedValue {
  std::string value, from, known_from, when, priority, cite;
  bool operator==(const StatedValue&) const = default;
};

// What a table of the book says, section by section the same, for listings and comparisons.
struct Statement {
  std::string path;  // followup.leg.first_call.start
  Clause clause;
  std::vector<StatedValue> values;                            // by date, then the exceptions
  std::vector<std::pair<std::string, std::string>> settings;  // every other key and its value
};

// A loaded rule book. A section is absent when neither the book nor what it extends has it.
struct Regime {
  std::string id, title, title_en, source, extends;
  std::string version;  // SHA-256 of the canonical text of all layers, hex
  Date binds_from;
  std::vector<std::string> own_sections;  // top-level tables that this book states itself, not only inherits
  std::optional<Intake> intake;
  std::optional<Followup> followup;
  std::optional<Outcome> outcome;
  std::optional<Questionnaire> questionnaire;
  std::map<insurer::TicketKind, TicketRule> tickets;
  std::vector<TicketOrder> ticket_order;
  std::optional<ReceiptRules> receipt;
  std::vector<Letter> letters;
  std::vector<ReportRule> reports;    // by name
  std::vector<Crosswalk> crosswalks;  // by the other book
  std::optional<Commission> commission;
  std::optional<Kpi> kpi;
  std::optional<Analysis> analysis;
  expr::Schema attempt_schema;         // with the book's own reason groups as words
  expr::Schema ticket_schema;          // with the book's own subtypes as words
  std::vector<const Clause*> clauses;  // all, by id
  std::vector<Statement> statements;   // all, by path

  Regime() = default;
  Regime(const Regime&) = delete;  // clauses point into it
  Regime& operator=(const Regime&) = delete;
};

}  // namespace shouyue::regime
