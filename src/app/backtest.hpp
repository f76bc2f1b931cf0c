#pragma once

#include <functional>

#include "app/backtest_tally.hpp"
#include "app/replay_figures.hpp"
#include "app/session.hpp"

namespace shouyue::app {

// What would have been under another rule book.
struct BacktestRequest {
  std::string base, candidate;                                        // ids of the two books
  Date from, to;                                                      // the days of issue, both inclusive
  unsigned threads = 0;                                               // 0: all cores
  std::size_t examples = 3;                                           // policies named for each explanation
  std::function<Result<void>(const Difference&)> on_difference = {};  // by bucket, then number; one at a time
  std::function<bool(const std::string& org_code)> holds = {};        // whose policies; empty: all
  std::function<bool(std::int64_t done)> on_progress = {};            // of bucket_count parts; false: stop
};

struct BacktestReport {
  std::shared_ptr<const regime::Regime> base, candidate;
  std::vector<std::shared_ptr<const regime::Regime>> assigned;
  Date from, to;
  Instant at;
  BacktestTally tally;
  // Each book by its own indicators, or by the other's where it has none; empty when neither has.
  std::vector<ReplayScore> base_scores, candidate_scores;

  const regime::Clause* find_clause(std::string_view id) const;  // of any of the books; null: a rule of a refusal
};

// Judges every policy issued in the span by each of the two books (see BookReplay), as of `session.now` and from all
// facts known. Writes nothing, and needs the same memory for any number of policies: they are replayed bucket by
// bucket, on all cores. The result does not depend on the threads. Errors: backtest.no_policies, backtest.span,
// backtest.stopped (by
// on_progress), regime.not_found, regime.broken, those of PolicyDeriver and the store.
Result<BacktestReport> backtest(Session& session, const BacktestRequest& request);

}  // namespace shouyue::app
