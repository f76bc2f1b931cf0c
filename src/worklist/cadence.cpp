#include "worklist/cadence.hpp"

#include <algorithm>
#include <set>

namespace shouyue::worklist {
namespace {

// One question to the layers: each either lets the moment pass, moves it on, or says that there is none.
class Search {
 public:
  Search(const Cadence& cadence, const std::vector<Instant>& history, Instant from,
         const calendar::WorkingCalendar& calendar, std::vector<Rejection>* rejections)
      : cadence_(cadence), history_(history), calendar_(calendar), rejections_(rejections), at_(from) {}

  Result<std::optional<Instant>> run() {
    if (used_up()) return std::optional<Instant>{};
    for (;;) {
      const Instant before = at_;
      move_to(cadence_.start, "start", cadence_.start_clause);
      if (cadence_.appointment) move_to(*cadence_.appointment, "appointment", nullptr);
      keep_interval();
      if (!keep_per_day() || days_over()) return std::optional<Instant>{};
      if (!SHOUYUE_TRY(keep_window())) return std::optional<Instant>{};
      keep_bands();
      if (cadence_.until && at_ >= *cadence_.until) {
        reject("until", cadence_.until_clause, std::nullopt);
        return std::optional<Instant>{};
      }
      if (at_ == before) return std::optional(at_);
    }
  }

 private:
  void reject(std::string_view layer, const regime::Clause* clause, std::optional<Instant> next) {
    if (rejections_) rejections_->push_back({at_, layer, clause, next});
  }
  void move_to(Instant earliest, std::string_view layer, const regime::Clause* clause) {
    if (at_ >= earliest) return;
    reject(layer, clause, earliest);
    at_ = earliest;
  }
  bool used_up() {
    const Limit& limit = cadence_.attempts_max;
    if (!limit || static_cast<std::int64_t>(history_.size()) < limit->value) return false;
    reject("attempts_max", limit->clause, std::nullopt);
    return true;
  }
  void keep_interval() {
    if (cadence_.interval_hours && !history_.empty())
      move_to(history_.back().plus_seconds(cadence_.interval_hours->value * 3600), "interval",
              cadence_.interval_hours->clause);
  }
  bool keep_per_day() {
    if (!cadence_.per_day_max) return true;
    if (cadence_.per_day_max->value == 0) {
      reject("per_day_max", cadence_.per_day_max->clause, std::nullopt);
      return false;
    }
    const Date day = at_.date();
    const auto made = std::ranges::count_if(history_, [day](Instant attempt) { return attempt.date() == day; });
    if (made >= cadence_.per_day_max->value)
      move_to(Instant::start_of(day + 1), "per_day_max", cadence_.per_day_max->clause);
    return true;
  }
  bool days_over() {
    const auto over = days_used_up_at(cadence_, history_);
    if (!over || at_ < *over) return false;
    reject("days_max", cadence_.days_max->clause, std::nullopt);
    return true;
  }
  Result<bool> keep_window() {
    const bool is_over = cadence_.until && at_ >= *cadence_.until;
    if (!cadence_.window || is_over) return true;
    const Instant limit = cadence_.until ? *cadence_.until : Instant::start_of(at_.date() + 60);
    const auto open = SHOUYUE_TRY(cadence_.window->first_open(at_, limit, calendar_));
    if (!open) {
      reject("window", cadence_.window_clause, std::nullopt);
      return false;
    }
    move_to(*open, "window", cadence_.window_clause);
    return true;
  }
  // When the attempts still allowed are just enough for the bands still owed, a band already used is no slot.
  void keep_bands() {
    if (!cadence_.bands_min || !cadence_.window || !cadence_.attempts_max) return;
    std::set<int> used;
    for (const Instant attempt : history_)
      if (const auto band = cadence_.window->period_of(attempt)) used.insert(*band);
    const std::int64_t owed = cadence_.bands_min->value - static_cast<std::int64_t>(used.size());
    const std::int64_t remaining = cadence_.attempts_max->value - static_cast<std::int64_t>(history_.size());
    const auto band = cadence_.window->period_of(at_);
    if (owed <= 0 || remaining > owed || !band || !used.contains(*band)) return;
    const int end = cadence_.window->periods()[static_cast<std::size_t>(*band)].until_second;
    move_to(Instant::at(at_.date(), end), "bands_min", cadence_.bands_min->clause);
  }

  const Cadence& cadence_;
  const std::vector<Instant>& history_;
  const calendar::WorkingCalendar& calendar_;
  std::vector<Rejection>* rejections_;
  Instant at_;
};

}  // namespace

std::optional<Instant> days_used_up_at(const Cadence& cadence, const std::vector<Instant>& history) {
  if (!cadence.days_max || history.empty()) return std::nullopt;
  const Instant end = Instant::start_of(history.front().date() + static_cast<int>(cadence.days_max->value));
  if (!cadence.days_min) return end;
  std::int64_t days = 0;
  std::optional<Date> last;
  for (const Instant attempt : history) {
    if (attempt.date() == last) continue;
    last = attempt.date();
    if (++days == cadence.days_min->value) return std::max(end, Instant::start_of(*last + 1));
  }
  return days < cadence.days_min->value ? std::nullopt : std::optional(end);
}

Result<std::optional<Instant>> next_legal(const Cadence& cadence, const std::vector<Instant>& history, Instant from,
                                          const calendar::WorkingCalendar& calendar,
                                          std::vector<Rejection>* rejections) {
  return Search(cadence, history, from, calendar, rejections).run();
}

Result<int> slots_left(const Cadence& cadence, std::vector<Instant> history, Instant from, int most,
                       const calendar::WorkingCalendar& calendar) {
  Cadence open = cadence;
  for (int found = 0; found < most; ++found) {
    const auto slot = SHOUYUE_TRY(next_legal(open, history, from, calendar));
    if (!slot) return found;
    history.push_back(*slot);
    from = slot->plus_seconds(1);
    open.appointment.reset();
  }
  return most;
}

Result<std::optional<Instant>> last_closing(const calendar::BusinessHours& window, Instant until,
                                            const calendar::WorkingCalendar& calendar) {
  if (window.periods().empty()) return std::optional<Instant>{};
  Date day = until.just_before().date();
  for (int tried = 0; tried < 366; ++tried, day = day - 1) {
    const auto& periods = window.periods();
    if (!SHOUYUE_TRY(window.is_open(Instant::at(day, periods.front().from_second), calendar))) continue;
    for (auto period = periods.rbegin(); period != periods.rend(); ++period)
      if (Instant::at(day, period->from_second) < until)
        return std::optional(std::min(until, Instant::at(day, period->until_second)));
  }
  return std::optional<Instant>{};
}

}  // namespace shouyue::worklist
