#include "simulation/legal_slots.hpp"

#include "base/text.hpp"
#include "regime/rows.hpp"

namespace simulation {

using namespace shouyue;

PlainCalendar::PlainCalendar(std::string_view notices) {
  for (const std::string_view line : split(notices, '\n')) {
    const auto cells = split(line, ',');
    if (cells.size() != 3 || cells[0] == "date") continue;
    (cells[2] == "1" ? days_off_ : working_).insert(Date::parse(cells[0]).value());
  }
}

bool PlainCalendar::is_working(Date day) const {
  return working_.contains(day) || (day.weekday() <= 5 && !days_off_.contains(day));
}

namespace {

using Number = std::optional<std::int64_t>;

// What the book says about one leg of one policy, with the attempts on that leg.
class LegRules {
 public:
  LegRules(const OpenCase& open, const PlainCalendar& calendar)
      : open_(open),
        calendar_(calendar),
        governing_(open.facts.policy.issued_on),
        row_(regime::policy_row(open.facts.policy, open.surroundings)) {
    for (const insurer::Attempt& attempt : open.facts.attempts)
      if (attempt.leg == open.leg.leg && (!open.attempts_from || attempt.started_at >= *open.attempts_from))
        attempts_.push_back(attempt);
    per_day_max_ = number(open.leg.per_day_max);
    attempts_max_ = number(open.leg.attempts_max);
    days_min_ = number(open.leg.days_min);
    days_max_ = number(open.leg.days_max);
    bands_min_ = number(open.leg.bands_min);
    interval_hours_ = number(open.leg.interval_hours);
  }

  bool allow(Instant minute) const {
    return is_after_start(minute) && is_in_window(minute) && keeps_counts(minute) && keeps_days(minute) &&
           keeps_bands(minute) && keeps_distance(minute);
  }

 private:
  Number number(const std::optional<regime::Parameter<std::int64_t>>& parameter) const {
    if (!parameter) return std::nullopt;
    return parameter->on(governing_, row_).value().value;
  }

  // A first leg that counts days from a day of the policy: no call before, unless one was already made or asked for.
  bool is_after_start(Instant minute) const {
    const regime::Followup& followup = *open_.books.visits->followup;
    const bool asked =
        followup.early_visit && open_.facts.policy.special_request == insurer::SpecialRequest::early_visit;
    if (&followup.legs.front() != &open_.leg || !attempts_.empty() || asked) return true;
    const regime::Term& start = open_.leg.start;
    const auto basis = basis_of(start);
    const auto count = start.count.on(governing_, row_).value().value;
    if (!basis || (start.unit != regime::Unit::days && start.unit != regime::Unit::working_days)) return true;
    Date day = *basis;
    std::int64_t counted = start.count_from == regime::CountFrom::same_day ? 1 : 0;
    if (start.unit == regime::Unit::days) return minute.date() >= day + static_cast<int>(count - counted);
    if (counted == 1) return true;
    while (counted < count) counted += calendar_.is_working(++day);
    return minute.date() >= day;
  }

  std::optional<Date> basis_of(const regime::Term& term) const {
    const auto& receipt = open_.facts.receipt;
    std::optional<Date> found;
    for (const regime::Basis basis : term.basis) {
      std::optional<Date> day;
      switch (basis) {
        case regime::Basis::issued_on: day = open_.facts.policy.issued_on; break;
        case regime::Basis::effective_on: day = open_.facts.policy.effective_on; break;
        case regime::Basis::printed_on: day = open_.facts.policy.printed_on; break;
        case regime::Basis::delivered_on: day = receipt ? receipt->delivered_on : std::nullopt; break;
        case regime::Basis::signed_on: day = receipt ? receipt->signed_on : std::nullopt; break;
        case regime::Basis::handed_in_on: day = receipt ? receipt->handed_in_on : std::nullopt; break;
        case regime::Basis::reconciled_on: day = receipt ? receipt->reconciled_on : std::nullopt; break;
        default: return std::nullopt;  // hangs on what the engine decided before
      }
      if (!day) continue;
      if (!term.earliest) return day;
      if (!found || *day < *found) found = day;
    }
    return found;
  }

  // The period of the window that holds the minute, whatever the day; -1 when none does.
  int band_of(Instant minute) const {
    const auto& periods = open_.leg.window->periods();
    for (std::size_t i = 0; i < periods.size(); ++i)
      if (periods[i].from_second <= minute.second_of_day() && minute.second_of_day() < periods[i].until_second)
        return static_cast<int>(i);
    return -1;
  }
  bool is_in_window(Instant minute) const {
    if (!open_.leg.window) return true;
    if (band_of(minute) < 0) return false;
    switch (open_.leg.window->days()) {
      case calendar::DayRule::every_day: return true;
      case calendar::DayRule::except_statutory_holidays: return !calendar_.is_day_off_by_notice(minute.date());
      case calendar::DayRule::working_days: return calendar_.is_working(minute.date());
    }
    return false;
  }

  bool keeps_counts(Instant minute) const {
    std::int64_t today = 0;
    for (const insurer::Attempt& attempt : attempts_) today += attempt.started_at.date() == minute.date();
    if (per_day_max_ && today >= *per_day_max_) return false;
    return !attempts_max_ || static_cast<std::int64_t>(attempts_.size()) < *attempts_max_;
  }

  // Days in a row from the first attempt; longer while fewer days than owed had an attempt.
  bool keeps_days(Instant minute) const {
    if (!days_max_ || attempts_.empty()) return true;
    if (minute.date() < attempts_.front().started_at.date() + static_cast<int>(*days_max_)) return true;
    std::set<Date> days_before;
    for (const insurer::Attempt& attempt : attempts_)
      if (attempt.started_at.date() < minute.date()) days_before.insert(attempt.started_at.date());
    return days_min_ && static_cast<std::int64_t>(days_before.size()) < *days_min_;
  }

  // The attempts that are left must still be able to reach the bands that are owed.
  bool keeps_bands(Instant minute) const {
    if (!bands_min_ || !attempts_max_ || !open_.leg.window) return true;
    std::set<int> used;
    for (const insurer::Attempt& attempt : attempts_)
      if (const int band = band_of(attempt.started_at); band >= 0) used.insert(band);
    const std::int64_t owed = *bands_min_ - static_cast<std::int64_t>(used.size());
    const std::int64_t left = *attempts_max_ - static_cast<std::int64_t>(attempts_.size());
    return owed <= 0 || left > owed || !used.contains(band_of(minute));
  }

  bool keeps_distance(Instant minute) const {
    if (attempts_.empty()) return !open_.asked_for || minute >= *open_.asked_for;
    const insurer::Attempt& last = attempts_.back();
    if (last.appointment_at && minute < *last.appointment_at) return false;
    return !interval_hours_ || minute >= last.started_at.plus_seconds(*interval_hours_ * 3600);
  }

  const OpenCase& open_;
  const PlainCalendar& calendar_;
  Date governing_;
  expr::Row row_;
  std::vector<insurer::Attempt> attempts_;
  Number per_day_max_, attempts_max_, days_min_, days_max_, bands_min_, interval_hours_;
};

}  // namespace

bool may_call(const OpenCase& open, Instant minute, const PlainCalendar& calendar) {
  return LegRules(open, calendar).allow(minute);
}

std::optional<Instant> first_minute(const OpenCase& open, Instant from, int days, const PlainCalendar& calendar) {
  const LegRules rules(open, calendar);
  for (Instant minute = from; minute < from.plus_seconds(std::int64_t{days} * 86'400); minute = minute.plus_seconds(60))
    if (rules.allow(minute)) return minute;
  return std::nullopt;
}

}  // namespace simulation
