#include "receipt/derive.hpp"

namespace shouyue::receipt {

Result<Standing> derive(const worklist::Context& context, const worklist::KnownDays& known) {
  const regime::ReceiptRules& book = *context.books.receipt;
  Standing standing;
  worklist::Rules rules;
  const bool compared = context.facts.receipt && context.facts.receipt->signature_matches;
  standing.signature_ok = !compared || *context.facts.receipt->signature_matches;
  for (const regime::Basis basis : book.returned_by) {
    const auto day = known.at(basis);
    if (!day || (book.signature_must_match && !standing.signature_ok)) continue;
    standing.returned_on = day;
    rules.add(book.returned_clause);
    break;
  }
  if (book.late) {
    const auto last = SHOUYUE_TRY(
        worklist::day_of(*book.late, known, context.governing(), context.policy_row, context.calendar));
    if (last) {
      standing.late_after = last->day;
      standing.late = standing.returned_on && *standing.returned_on > last->day;
      if (standing.late) rules.add(*last->clause);
    }
  }
  if (book.hand_in) {
    const auto by = SHOUYUE_TRY(
        worklist::day_of(*book.hand_in, known, context.governing(), context.policy_row, context.calendar));
    if (by) standing.hand_in_by = by->day;
  }
  standing.rules = rules.list();
  return standing;
}

}  // namespace shouyue::receipt
