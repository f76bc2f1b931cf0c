#pragma once

#include <vector>

#include "regime/item.hpp"
#include "regime/regime.hpp"

namespace shouyue::regime {

// Every table with a title, flattened: what `show` lists and `diff` compares. By path.
std::vector<Statement> statements_of(const Item& merged);

}  // namespace shouyue::regime
