#include "worklist/term.hpp"

namespace shouyue::worklist {

KnownDays::KnownDays(const insurer::VisibleFacts& facts) {
  using regime::Basis;
  set(Basis::issued_on, facts.policy.issued_on);
  set(Basis::effective_on, facts.policy.effective_on);
  set(Basis::printed_on, facts.policy.printed_on);
  if (!facts.receipt) return;
  set(Basis::delivered_on, facts.receipt->delivered_on);
  set(Basis::signed_on, facts.receipt->signed_on);
  set(Basis::handed_in_on, facts.receipt->handed_in_on);
  set(Basis::reconciled_on, facts.receipt->reconciled_on);
}

std::optional<Date> KnownDays::basis_of(const regime::Term& term) const {
  std::optional<Date> chosen;
  for (const regime::Basis basis : term.basis) {
    const auto day = at(basis);
    if (!day) continue;
    if (!term.earliest) return day;
    if (!chosen || *day < *chosen) chosen = day;
  }
  return chosen;
}

Result<Date> count_from(Date basis, std::int64_t count, regime::Unit unit, regime::CountFrom from,
                        const calendar::WorkingCalendar& calendar) {
  const int n = static_cast<int>(count);
  const Date day_zero = from == regime::CountFrom::same_day ? basis - 1 : basis;
  switch (unit) {
    case regime::Unit::days: return day_zero + n;
    case regime::Unit::working_days: return calendar.working_days_after(day_zero, n);
    case regime::Unit::months: return day_zero.add_months_clipped(n);
    case regime::Unit::hours: break;
  }
  throw Bug("a term of days counted in hours");
}

Result<std::optional<TermDay>> day_of(const regime::Term& term, const KnownDays& known, Date governing,
                                      const expr::Row& row, const calendar::WorkingCalendar& calendar) {
  std::optional<TermDay> decided;
  if (const auto basis = known.basis_of(term)) {
    const auto count = SHOUYUE_TRY(term.count.on(governing, row));
    const Date day = SHOUYUE_TRY(count_from(*basis, count.value, term.unit, term.count_from, calendar));
    decided = TermDay{day, count.clause};
  }
  if (!term.not_after) return decided;
  const auto last = known.at(term.not_after->basis);
  if (last && (!decided || *last < decided->day)) decided = TermDay{*last, &term.not_after->clause};
  return decided;
}

}  // namespace shouyue::worklist
