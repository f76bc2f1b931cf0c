#pragma once

#include "ticket/ticket.hpp"
#include "worklist/context.hpp"

namespace shouyue::ticket {

// Where an open ticket stands among the others of its office.
struct Place {
  std::size_t rank = 0;                    // index in the book's `ticket_order`
  const regime::Clause* clause = nullptr;  // null: the book has no order, all tickets have rank 0
};

// The first entry of the book's order that holds for the ticket on `today`. Source: 新契约回访及处理操作要点 ·
// 处理顺序.
Place place_of(const Ticket& ticket, const worklist::Context& context, Date today);

}  // namespace shouyue::ticket
