#pragma once

#include <vector>

#include "regime/item.hpp"

// How an overlay changes the book it extends, and what it must not do.
namespace shouyue::regime {

// The books merged, base-most first. A table that states one decision is replaced whole, a table of tables key by key,
// a list whose entries have an id entry by entry (`outcome.rule`, `ticket_order`, `letter` and `hand_over`, whose order
// is their meaning, whole).
// `remove = true` drops what was inherited. Issues: regime.nothing_to_remove.
Item merge_layers(const std::vector<Item>& books, std::vector<Issue>& issues);

// An overlay must keep inside the floors of the books below it and must keep their statutory questions as they are.
// Issues: regime.floor_loosened, regime.floor_removed, regime.floor_not_comparable, regime.statutory_question.
void check_floors(const std::vector<Item>& books, const Item& merged, std::vector<Issue>& issues);
void check_statutory_questions(const std::vector<Item>& books, const Item& merged, std::vector<Issue>& issues);

}  // namespace shouyue::regime
