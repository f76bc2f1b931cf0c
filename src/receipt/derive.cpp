#include "receipt/derive.hpp"

namespace shouyue::receipt {
namespace {

// The reported day that the book takes as the return.
std::optional<Date> return_day(const regime::ReceiptRules& book, const insurer::Receipt& reported) {
  for (const regime::Basis basis : book.returned_by) {
    const std::optional<Date> day = basis == regime::Basis::reconciled_on  ? reported.reconciled_on
                                    : basis == regime::Basis::handed_in_on ? reported.handed_in_on
                                    : basis == regime::Basis::signed_on    ? reported.signed_on
                                                                           : reported.delivered_on;
    if (day) return day;
  }
  return std::nullopt;
}

// An electronic receipt with the paper one that the book may ask for, signed on the same day.
bool has_paper(const regime::ReceiptRules& book, const insurer::Receipt& reported) {
  if (!reported.electronic || !book.electronic_needs_paper) return true;
  return reported.paper_signed_on && reported.paper_signed_on == reported.signed_on;
}

std::vector<const regime::Clause*> warnings_of(const regime::ReceiptRules& book, const insurer::Receipt& reported) {
  std::vector<const regime::Clause*> warnings;
  if (book.signature_must_match && reported.signature_matches == false) warnings.push_back(&book.returned_clause);
  if (!has_paper(book, reported)) warnings.push_back(&*book.electronic_needs_paper);
  if (book.preferred_visit && reported.preferred_visit_on) warnings.push_back(&*book.preferred_visit);
  return warnings;
}

}  // namespace

Result<Standing> derive(const worklist::Context& context, const worklist::KnownDays& known,
                        const std::optional<insurer::Receipt>& reported, Now& now) {
  const regime::ReceiptRules& book = *context.books.receipt;
  Standing standing;
  worklist::Rules rules;
  standing.signature_ok = !reported || reported->signature_matches.value_or(true);
  if (reported) standing.warnings = warnings_of(book, *reported);
  const auto returned = reported ? return_day(book, *reported) : std::nullopt;
  const bool counts =
      (!book.signature_must_match || standing.signature_ok) && (!reported || has_paper(book, *reported));
  if (returned && now.reached(*returned) && counts) {
    standing.returned_on = returned;
    rules.add(book.returned_clause);
  }
  if (book.late) {
    const auto last =
        SHOUYUE_TRY(worklist::day_of(*book.late, known, context.governing(), context.policy_row, context.calendar));
    if (last) {
      standing.late_after = last->day;
      standing.late = standing.returned_on && *standing.returned_on > last->day;
      if (standing.late) rules.add(*last->clause);
    }
  }
  if (book.hand_in) {
    const auto by =
        SHOUYUE_TRY(worklist::day_of(*book.hand_in, known, context.governing(), context.policy_row, context.calendar));
    if (by) {
      standing.hand_in_by = by->day;
      const auto handed_in = context.facts.receipt ? context.facts.receipt->handed_in_on : std::nullopt;
      standing.handed_in_late = handed_in ? *handed_in > by->day : now.is_past(by->day);
      if (standing.handed_in_late) rules.add(*by->clause);
    }
  }
  rules.add(standing.warnings);
  standing.rules = rules.list();
  return standing;
}

}  // namespace shouyue::receipt
