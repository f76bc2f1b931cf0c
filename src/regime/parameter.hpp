#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "expr/expression.hpp"

// What every decision of a rule book is made of: the clause that states it, its value by date, its length of time.
namespace shouyue::regime {

// Where a value comes from. `id` is what outputs carry in their `rules` column:
// `pacific-2010/followup.leg.first_call.start`.
struct Clause {
  std::string id;
  std::string title;  // Chinese
  std::string title_en;
  std::string cite;      // document and place; dated values carry their own and this is empty
  bool assumed = false;  // the source is cut off or contradicts itself: an open point
  std::string note;
  // Of a parameter, in short: `5, 7 when subtype == 'proxy_signature' (working_days after ticket_opened)`.
  std::string decides = {};
  std::string file;
  int line = 0;
};

// A decision together with the clause that made it.
template <class T>
struct Decided {
  T value;
  const Clause* clause;
  std::string_view cite = {};  // of the dated value or exception that decided; lives in the book
};

template <class T>
struct DatedValue {
  Date from;  // binds from this day, inclusive
  std::optional<Date> known_from;
  T value;
  std::string cite;
};

template <class T>
struct ExceptionValue {
  expr::Expression when;
  T value;
  std::string cite;
  int priority = 0;  // higher wins; two that hold with one priority are refused when the book is loaded or asked
  std::optional<Date> from;  // binds from this day; empty: always
};

// A value that a document decides, by date. `on` answers for the governing day and the facts in `row` (the schema of
// the section). Errors: regime.not_in_force (before the first value), regime.ambiguous_exception.
template <class T>
struct Parameter {
  Clause clause;
  std::vector<DatedValue<T>> values;  // by `from`, ascending
  std::vector<ExceptionValue<T>> exceptions;
  Result<Decided<T>> on(Date governing, const expr::Row& row) const;
};

enum class Unit : std::uint8_t { days, working_days, months, hours };
enum class CountFrom : std::uint8_t { next_day, same_day };  // next_day: the basis day is day 0

// The event a term counts from.
enum class Basis : std::uint8_t {
  issued_on,
  effective_on,
  printed_on,
  delivered_on,
  signed_on,
  handed_in_on,
  reconciled_on,
  cooling_off_end,
  previous_leg_end,  // when the leg before handed over
  leg_start,
  ticket_feedback,  // first `feedback` step of the ticket the leg before opened
  ticket_due,       // that ticket's due date (the last day; the day after is the moment)
  ticket_opened,
};

// A second term beside the first: the earlier day decides.
struct NotAfter {
  Clause clause;
  Basis basis = Basis::cooling_off_end;
};

// A limit or start: `count` units after the first basis of the list that is known.
struct Term {
  Parameter<std::int64_t> count;  // its clause is the term's clause
  Unit unit = Unit::days;
  CountFrom count_from = CountFrom::next_day;
  std::vector<Basis> basis;
  bool earliest = false;              // of all known bases the earliest day, instead of the first in the list
  std::optional<NotAfter> not_after;  // decides too when no basis of the list is known
};

}  // namespace shouyue::regime
