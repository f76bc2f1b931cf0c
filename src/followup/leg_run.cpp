#include "followup/leg_run.hpp"

#include <algorithm>

namespace shouyue::followup {
namespace {

using worklist::Context;
using worklist::Limit;

Result<Limit> limit_of(const std::optional<regime::Parameter<std::int64_t>>& parameter, const Context& context) {
  if (!parameter) return Limit{};
  return Limit{SHOUYUE_TRY(parameter->on(context.governing(), context.policy_row))};
}

Result<void> fill_limits(LegRun& run, const Context& context) {
  worklist::Cadence& cadence = run.cadence;
  cadence.per_day_max = SHOUYUE_TRY(limit_of(run.leg->per_day_max, context));
  cadence.days_min = SHOUYUE_TRY(limit_of(run.leg->days_min, context));
  cadence.days_max = SHOUYUE_TRY(limit_of(run.leg->days_max, context));
  cadence.attempts_max = SHOUYUE_TRY(limit_of(run.leg->attempts_max, context));
  cadence.bands_min = SHOUYUE_TRY(limit_of(run.leg->bands_min, context));
  cadence.interval_hours = SHOUYUE_TRY(limit_of(run.leg->interval_hours, context));
  if (run.leg->window) {
    cadence.window = &*run.leg->window;
    cadence.window_clause = &run.leg->window_clause;
  }
  return {};
}

// The start counts from the feedback, not from another day of its list that came no later.
bool counts_from_feedback(const regime::Term& start, const worklist::KnownDays& known) {
  using regime::Basis;
  const auto feedback = known.at(Basis::ticket_feedback);
  if (!feedback) return false;
  bool found = false;
  for (const Basis basis : start.basis) {
    if (basis == Basis::ticket_feedback) {
      if (!start.earliest) return true;
      found = true;
    } else if (const auto day = known.at(basis); day && (!start.earliest || *day <= *feedback)) {
      return false;
    }
  }
  return found;
}

// Decides start and end of the leg. Gives false while the start is unknown.
Result<bool> fill_span(LegRun& run, const Context& context, const LegEntry& entry) {
  const auto start = SHOUYUE_TRY(
      worklist::day_of(run.leg->start, entry.known, context.governing(), context.policy_row, context.calendar));
  const auto& early = context.books.visits->followup->early_visit;
  worklist::Cadence& cadence = run.cadence;
  if (entry.is_first && early && context.facts.policy.special_request == insurer::SpecialRequest::early_visit) {
    cadence.start = Instant::start_of(context.facts.policy.issued_on);
    cadence.start_clause = &*early;
  } else if (start) {
    cadence.start = Instant::start_of(start->day);
    cadence.start_clause = start->clause;
  } else if (run.history.empty()) {
    return false;
  }
  if (entry.not_before && cadence.start < *entry.not_before) cadence.start = *entry.not_before;
  if (entry.feedback_at && cadence.start < *entry.feedback_at && counts_from_feedback(run.leg->start, entry.known))
    cadence.start = *entry.feedback_at;
  if (!run.history.empty() && (!cadence.start_clause || run.history.front() < cadence.start))
    cadence.start = run.history.front();
  if (!run.leg->limit) return true;
  worklist::KnownDays known = entry.known;
  known.set(regime::Basis::leg_start, cadence.start.date());
  const auto last_day =
      SHOUYUE_TRY(worklist::day_of(*run.leg->limit, known, context.governing(), context.policy_row, context.calendar));
  if (last_day) {
    cadence.until = Instant::start_of(last_day->day + 1);
    cadence.until_clause = last_day->clause;
  }
  return true;
}

// The attempt that ends the leg, if one does.
std::optional<LegEnd> end_by_attempt(const LegRun& run, const Context& context, const LegEntry& entry,
                                     std::span<const Reduced> reduced) {
  for (std::size_t n = 0; n < run.attempts.size(); ++n) {
    const std::size_t i = run.attempts[n];
    const Instant at = context.facts.attempts[i].started_at;
    if (entry.success == i) return LegEnd{at, "success", i, nullptr};
    if (run.leg->ends_at_once.holds(reduced[i].row)) return LegEnd{at, "at_once", i, &run.leg->ends_at_once_clause};
    const auto& most = run.cadence.attempts_max;
    if (most && static_cast<std::int64_t>(n + 1) >= most->value) return LegEnd{at, "attempts_used_up", i, most->clause};
    const auto& days = run.cadence.days_max;
    const auto& per_day = run.cadence.per_day_max;
    if (!days || !per_day || at.date() != run.history.front().date() + static_cast<int>(days->value) - 1) continue;
    const auto made = std::count_if(run.history.begin(), run.history.begin() + static_cast<std::ptrdiff_t>(n) + 1,
                                    [&](Instant other) { return other.date() == at.date(); });
    if (made >= per_day->value) return LegEnd{at, "days_used_up", i, days->clause};
  }
  return std::nullopt;
}

// The moment at which time alone ends the leg.
Result<std::optional<LegEnd>> end_by_time(const LegRun& run, const Context& context) {
  std::optional<LegEnd> end;
  const auto consider = [&end](LegEnd other) {
    if (!end || other.at < end->at) end = other;
  };
  const std::optional<std::size_t> last = run.attempts.empty() ? std::nullopt : std::optional(run.attempts.back());
  if (const auto over = worklist::days_used_up_at(run.cadence, run.history))
    consider({*over, "days_used_up", last, run.cadence.days_max->clause});
  if (run.cadence.until) {
    consider({*run.cadence.until, "time_limit", last, run.cadence.until_clause});
    if (run.cadence.window) {
      const auto closing =
          SHOUYUE_TRY(worklist::last_closing(*run.cadence.window, *run.cadence.until, context.calendar));
      if (closing)
        consider({std::max(*closing, run.cadence.start), "window_exhausted", last, run.cadence.until_clause});
      const Instant from = run.history.empty() ? run.cadence.start : run.history.back();
      if (!SHOUYUE_TRY(worklist::next_legal(run.cadence, run.history, from, context.calendar)))
        consider({from, "window_exhausted", last, run.cadence.until_clause});
    }
  }
  return end;
}

Result<void> decide_end(LegRun& run, const Context& context, const LegEntry& entry, std::span<const Reduced> reduced,
                        Now& now) {
  run.end = end_by_attempt(run, context, entry, reduced);
  if (entry.later) {
    const Instant at = context.facts.attempts[*entry.later].started_at;
    if (!run.end || at < run.end->at) run.end = LegEnd{at, "later_leg", entry.later, nullptr};
  }
  if (run.end && run.end->by == "success") return {};
  if (!run.leg->only_for.holds(context.policy_row)) {
    run.end = LegEnd{run.cadence.start, "passed_over", std::nullopt, &run.leg->only_for_clause};
    return {};
  }
  if (!entry.reachable && run.attempts.empty() && run.leg->window && now.reached(run.cadence.start)) {
    if (!run.end || run.cadence.start < run.end->at)
      run.end = LegEnd{run.cadence.start, "no_phone", std::nullopt, &run.leg->ends_at_once_clause};
    return {};
  }
  const auto by_time = SHOUYUE_TRY(end_by_time(run, context));
  if (by_time && (!run.end || by_time->at < run.end->at) && now.reached(by_time->at)) run.end = by_time;
  return {};
}

// The customer's newest wish: what the last attempt heard, or what an office agreed on since for a time of this leg.
std::optional<Instant> appointment_of(const LegRun& run, const Context& context) {
  std::optional<Instant> wish, heard_at;
  if (!run.attempts.empty()) {
    const insurer::Attempt& last = context.facts.attempts[run.attempts.back()];
    wish = last.appointment_at;
    heard_at = last.started_at;
  }
  const auto is_in_leg = [&](Instant at) { return !run.cadence.until || at < *run.cadence.until; };
  for (const insurer::TicketStep& step : context.facts.ticket_steps)
    if (step.appointment_at && (!heard_at || step.at >= *heard_at) && is_in_leg(step.at) &&
        is_in_leg(*step.appointment_at))
      wish = step.appointment_at;
  return wish;
}

}  // namespace

Result<LegRun> run_leg(const Context& context, const regime::Leg& leg, const LegEntry& entry,
                       std::span<const Reduced> reduced, Now& now) {
  LegRun run{.leg = &leg};
  run.attempts.reserve(context.facts.attempts.size());
  run.history.reserve(context.facts.attempts.size());
  for (std::size_t i = 0; i < context.facts.attempts.size(); ++i) {
    const Instant at = context.facts.attempts[i].started_at;
    if (context.facts.attempts[i].leg != leg.leg || (entry.attempts_from && at < *entry.attempts_from)) continue;
    run.attempts.push_back(i);
    run.history.push_back(at);
  }
  SHOUYUE_CHECK(fill_limits(run, context));
  const bool known = SHOUYUE_TRY(fill_span(run, context, entry));
  run.cadence.appointment = appointment_of(run, context);
  if (run.attempts.empty() && entry.appointment && (!run.cadence.until || *entry.appointment < *run.cadence.until))
    run.cadence.appointment = entry.appointment;
  run.started = known && now.reached(run.cadence.start);
  if (run.started) {
    SHOUYUE_CHECK(decide_end(run, context, entry, reduced, now));
  } else if (entry.later) {
    run.end = LegEnd{context.facts.attempts[*entry.later].started_at, "later_leg", entry.later, nullptr};
  }
  return run;
}

}  // namespace shouyue::followup
