#pragma once

#include <vector>

#include "expr/expression.hpp"
#include "regime/regime.hpp"

namespace shouyue::followup {

// The questions that a book asks about one policy, in order: the statutory block and the additions by product, channel,
// region and age. `policy_row` is regime::policy_row.
std::vector<const regime::Question*> questions_for(const regime::Questionnaire& questionnaire,
                                                   const expr::Row& policy_row);

}  // namespace shouyue::followup
