#pragma once

#include <array>
#include <optional>

#include "worklist/context.hpp"

namespace shouyue::worklist {

constexpr std::size_t basis_count = static_cast<std::size_t>(regime::Basis::ticket_opened) + 1;

// The days that terms may count from, as far as they are known.
class KnownDays {
 public:
  KnownDays() = default;
  explicit KnownDays(const insurer::VisibleFacts& facts);
  void set(regime::Basis basis, std::optional<Date> day) { days_[static_cast<std::size_t>(basis)] = day; }
  std::optional<Date> at(regime::Basis basis) const { return days_[static_cast<std::size_t>(basis)]; }
  // The day the term counts from: the first known of its list, or the earliest of all known.
  std::optional<Date> basis_of(const regime::Term& term) const;

 private:
  std::array<std::optional<Date>, basis_count> days_{};
};

struct TermDay {
  Date day;  // the last day of a limit, the first day of a start
  const regime::Clause* clause;
};

// The day `term` gives, with the clause that decided it; empty while no basis is known. `governing` picks the dated
// value, `row` its exceptions. Errors: regime.not_in_force, regime.ambiguous_exception, calendar.not_covered.
Result<std::optional<TermDay>> day_of(const regime::Term& term, const KnownDays& known, Date governing,
                                      const expr::Row& row, const calendar::WorkingCalendar& calendar);

// `count` units after `basis`. Months keep the day number, clipped to the month's end.
Result<Date> count_from(Date basis, std::int64_t count, regime::Unit unit, regime::CountFrom from,
                        const calendar::WorkingCalendar& calendar);

}  // namespace shouyue::worklist
