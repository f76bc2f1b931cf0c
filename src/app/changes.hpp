#pragma once

#include <string>
#include <vector>

#include "app/port_store.hpp"
#include "app/store.hpp"

// What became of policies, for other systems: the case, the tickets and the commission as they are now.
namespace shouyue::app {

struct Change {
  std::int64_t n = 0;  // position of the policy's latest change; ascending, and new ones are always later
  std::string policy_no;
  std::string json;  // {n, policy_no, case?, tickets, commission?, refused?} with the columns of the exports
};

// The policies that changed after `n`, at most `max`, in order. Who goes on from the last `n` misses nothing, and gets
// a policy again when it changes again.
Result<std::vector<Change>> changes_after(Store& store, std::int64_t n, int max);
// The same of policies by number, in the order given.
Result<std::vector<Change>> changes_of(Store& store, const std::vector<ChangedPolicy>& policies);

}  // namespace shouyue::app
