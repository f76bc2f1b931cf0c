#pragma once

#include <mutex>
#include <optional>

#include "app/policy_deriver.hpp"

namespace shouyue::app {

// The rules of a server in memory once, for all its threads.
class SharedRules {
 public:
  // As the session's database has them at this moment: rule books and profile as they were when the server started,
  // organisations, agents, products and settlements as they are now. In a writing transaction nobody else can add to
  // them until its end. Errors: those of PolicyDeriver::load and the store.
  Result<PolicyDeriver> for_session(Session& session);

 private:
  std::mutex mutex_;
  std::optional<PolicyDeriver> newest_;
  RulesMark known_;
};

}  // namespace shouyue::app
