#include "ticket/order.hpp"

#include <algorithm>

#include "regime/vocabulary.hpp"

namespace shouyue::ticket {
namespace {

constexpr expr::Value missing{0, true};

expr::Value of(std::int64_t amount) { return {amount, false}; }

expr::Row row_of(const Ticket& ticket, const worklist::Context& context, const expr::Schema& schema, Date today) {
  using namespace regime::ticket_variable;
  const Date opened = ticket.opened_at.date();
  expr::Row row(count, missing);
  row[kind] = of(static_cast<std::int64_t>(ticket.kind));
  const auto& subtypes = schema[subtype].words;
  if (const auto found = std::ranges::find(subtypes, ticket.subtype); found != subtypes.end())
    row[subtype] = of(found - subtypes.begin());
  row[timeliness] = of(static_cast<std::int64_t>(ticket.timeliness));
  row[months_since_opened] = of((today.year() - opened.year()) * 12 + today.month() - opened.month());
  if (ticket.due_on) row[days_left] = of(*ticket.due_on - today);
  row[opened_on] = of(opened.days());
  row[issued_on] = of(context.facts.policy.issued_on.days());
  row[channel] = context.policy_row[regime::policy_variable::channel];
  row[product_type] = context.policy_row[regime::policy_variable::product_type];
  return row;
}

}  // namespace

Place place_of(const Ticket& ticket, const worklist::Context& context, Date today) {
  const regime::Regime& book = *context.books.visits;
  if (book.ticket_order.empty()) return {};
  const expr::Row row = row_of(ticket, context, book.ticket_schema, today);
  for (std::size_t rank = 0; rank < book.ticket_order.size(); ++rank)
    if (book.ticket_order[rank].when.holds(row)) return {rank, &book.ticket_order[rank].clause};
  throw Bug("an order of tickets without a last entry that always holds");
}

}  // namespace shouyue::ticket
