#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// Derives the policies at `at`, some thousand at a time: while one batch is derived on a second thread the next is read
// and the one before is given to `take`. The result does not depend on the batches. Errors: those of
// PolicyDeriver::read.
Result<void> derive_batches(PolicyDeriver& deriver, const std::vector<std::string>& policies, Instant at,
                            const std::function<Result<void>(std::vector<DerivedPolicy>&)>& take);

}  // namespace shouyue::app
