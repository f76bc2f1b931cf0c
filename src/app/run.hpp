#pragma once

#include <map>

#include "app/derive_batches.hpp"

namespace shouyue::app {

struct RunReport {
  std::int64_t derived = 0;                      // policies whose state was derived
  std::int64_t refused = 0;                      // policies for which that was refused; see RefusedRow
  std::int64_t settlements = 0;                  // settlements that ran
  std::map<std::string, std::int64_t> refusals;  // by rule
};

// Does all work due up to `session.now`: runs the settlements whose cut-off has passed and derives every policy that
// has new facts or that time has changed, at most `batch_policies` in a transaction. Again at the same moment nothing
// happens; after a failure or a kill the next run does the rest. A policy that cannot be derived does not stop the
// others. Errors: run.now_went_backwards, run.overtaken, run.rules_changed, those of PolicyDeriver::load and the store.
Result<RunReport> run(Session& session, std::size_t batch_policies = derived_at_once);

}  // namespace shouyue::app
