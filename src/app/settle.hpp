#pragma once

#include "app/policy_deriver.hpp"
#include "app/run_fence.hpp"

namespace shouyue::app {

// The cut-offs of one book from `first` up to `now`. Months in which the book was not in force have none.
std::vector<Instant> cut_offs(const regime::Commission& book, Date first, Instant now);

// Runs the commission settlements whose cut-off lies at or before `session.now` and that have not run yet, from the
// first policy on: each may read what is known now. Gives how many ran. Errors: run.overtaken, those of the store.
Result<std::int64_t> settle(Session& session, const PolicyDeriver& deriver, const RunFence& fence);

}  // namespace shouyue::app
