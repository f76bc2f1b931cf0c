#include "worklist/ticket_track.hpp"

#include <algorithm>
#include <charconv>

#include "regime/rows.hpp"

namespace shouyue::worklist {
namespace {

using insurer::Step;

bool is_office_of(const insurer::Surroundings& surroundings, const std::string& org_code, insurer::Level level) {
  for (std::size_t i = 0; i < surroundings.org_path.size(); ++i)
    if (surroundings.org_path[i] == org_code && surroundings.org_levels[i] == level) return true;
  return false;
}

// Follows the steps of one ticket in order of time.
class Follower {
 public:
  Follower(const regime::TicketRule* rule, const insurer::Surroundings& surroundings)
      : rule_(rule), surroundings_(surroundings) {}

  void take(const insurer::TicketStep& step) {
    switch (step.step) {
      case Step::accept: track_.state = "accepted"; break;
      case Step::review:
        track_.state = "reviewed";
        reviewed_ = reviewed_ || (rule_ && rule_->first_review &&
                                  is_office_of(surroundings_, step.org_code, rule_->first_review->by));
        break;
      case Step::feedback: feed_back(step); break;
      case Step::resolve: settle(step, "resolved", true); break;
      case Step::reject: track_.state = "rejected"; break;
      case Step::reopen:
        track_.state = "open";
        track_.closed_at.reset();
        break;
      case Step::close: settle(step, "closed", !track_.closed_at); break;
    }
  }

  TicketTrack finished() && { return std::move(track_); }

 private:
  void feed_back(const insurer::TicketStep& step) {
    track_.state = "feedback";
    if (!track_.feedback_at) track_.feedback_at = step.at;
  }
  void settle(const insurer::TicketStep& step, const char* state, bool sets_time) {
    if (const auto result = insurer::from_word<insurer::TicketResult>(step.result); result && allows(*result))
      track_.result = result;
    track_.waits_for.clear();
    if (rule_ && rule_->results && !track_.result) track_.waits_for.push_back(&rule_->results->clause);
    if (rule_ && rule_->first_review && !reviewed_) track_.waits_for.push_back(&rule_->first_review->clause);
    if (!track_.waits_for.empty()) return;
    if (rule_ && !rule_->closed_by_steps) return feed_back(step);
    track_.state = state;
    if (sets_time) track_.closed_at = step.at;
  }

  bool allows(insurer::TicketResult result) const {
    return !rule_ || !rule_->results || std::ranges::find(rule_->results->words, result) != rule_->results->words.end();
  }

  const regime::TicketRule* rule_;
  const insurer::Surroundings& surroundings_;
  TicketTrack track_;
  bool reviewed_ = false;
};

void close_by_visit(TicketTrack& track, const regime::TicketRule& rule, Instant opened_at,
                    const std::vector<Visit>& visits) {
  for (const Visit& visit : visits) {
    if (visit.at <= opened_at) continue;
    const bool closes = (rule.closed_by_success && visit.success) || (rule.closed_by_clean_success && visit.clean);
    if (!closes || (track.closed_at && *track.closed_at <= visit.at)) continue;
    track.closed_at = visit.at;
    track.state = "closed";
    return;
  }
}

}  // namespace

std::string ticket_id(const std::string& policy_no, insurer::TicketKind kind, int number) {
  return policy_no + "-" + std::string(insurer::code_of(kind)) + "-" + std::to_string(number);
}

int ticket_number(std::string_view ticket_id) {
  const std::string_view digits = ticket_id.substr(ticket_id.rfind('-') + 1);
  int number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  ensure(read.ec == std::errc() && number > 0, "the id of a ticket ends with its number");
  return number;
}

std::optional<insurer::TicketKind> kind_of(const insurer::TicketStep& step) {
  if (step.kind) return step.kind;
  const std::string_view id = step.ticket_id;
  const std::size_t number = id.rfind('-');
  if (number == std::string_view::npos || number == 0) return std::nullopt;
  const std::size_t kind = id.rfind('-', number - 1);
  if (kind == std::string_view::npos) return std::nullopt;
  return insurer::from_word<insurer::TicketKind>(id.substr(kind + 1, number - kind - 1));
}

bool is_meant(const insurer::TicketStep& step, const std::string& id, insurer::TicketKind kind, Instant opened_at,
              std::optional<Instant> next_opened_at) {
  if (!step.ticket_id.empty()) return step.ticket_id == id && step.at.date() >= opened_at.date();
  return step.kind == kind && step.at >= opened_at && (!next_opened_at || step.at < *next_opened_at);
}

TicketTrack track(const Context& context, const std::string& id, insurer::TicketKind kind, Instant opened_at,
                  std::optional<Instant> next_opened_at, const std::vector<Visit>& visits) {
  const regime::TicketRule* rule = context.books.ticket(kind);
  Follower follower(rule, context.surroundings);
  for (const insurer::TicketStep& step : context.facts.ticket_steps)
    if (is_meant(step, id, kind, opened_at, next_opened_at)) follower.take(step);
  TicketTrack track = std::move(follower).finished();
  if (rule) close_by_visit(track, *rule, opened_at, visits);
  if (track.closed_at) track.waits_for.clear();
  return track;
}

const regime::Subtype* subtype_of(const regime::TicketRule& rule, const expr::Row& row) {
  for (const regime::Subtype& subtype : rule.subtypes)
    if (subtype.when.holds(row)) return &subtype;
  return nullptr;
}

Result<std::optional<TermDay>> due_day(const Context& context, const regime::TicketRule& rule, KnownDays known,
                                       Date opened, expr::Row row) {
  if (const regime::Subtype* subtype = subtype_of(rule, row))
    regime::set_subtype(row, context.books.visits->attempt_schema, subtype->id);
  known.set(regime::Basis::ticket_opened, opened);
  auto due = SHOUYUE_TRY(day_of(rule.due, known, opened, row, context.calendar));
  if (!due && rule.due_otherwise) due = SHOUYUE_TRY(day_of(*rule.due_otherwise, known, opened, row, context.calendar));
  if (due && due->day < opened) due->day = opened;
  return due;
}

}  // namespace shouyue::worklist
