#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/policy_deriver.hpp"

namespace shouyue::app {

constexpr std::size_t derived_at_once = 4000;

// Derives the policies at `at`, so many at a time: while one batch is derived on a second thread the next is read
// and the one before is given to `take`. The result does not depend on the batches. Errors: those of
// PolicyDeriver::read.
Result<void> derive_batches(PolicyDeriver& deriver, const std::vector<std::string>& policies, Instant at,
                            const std::function<Result<void>(std::vector<DerivedPolicy>&)>& take,
                            std::size_t batch_policies = derived_at_once);

// In the transaction that puts them: leaves out policies of which somebody put rows meanwhile that were derived from
// newer facts. `newest`: the newest fact when reading began.
Result<void> drop_overtaken(Store& store, std::int64_t newest, std::vector<DerivedPolicy>& batch);

}  // namespace shouyue::app
