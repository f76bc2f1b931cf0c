#pragma once

#include <vector>

#include "regime/regime.hpp"

namespace shouyue::regime {

// All clauses of a book that stands at its final address, by id.
std::vector<const Clause*> clauses_of(const Regime& regime);

}  // namespace shouyue::regime
