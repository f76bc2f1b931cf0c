#pragma once

#include "app/session.hpp"

namespace shouyue::app {

struct RebuildReport {
  std::int64_t policies = 0;
  std::int64_t differing = 0;
  std::vector<std::string> examples;  // numbers of policies that differ, at most ten
};

// Derives every policy again from the facts, as of the last run and under the present rule books, and stores what
// differs; recorded in the audit journal. Errors: rebuild.never_run, run.overtaken, those of PolicyDeriver and the
// store.
Result<RebuildReport> rebuild(Session& session);
// The same without storing anything.
Result<RebuildReport> check_derived(Session& session);

}  // namespace shouyue::app
