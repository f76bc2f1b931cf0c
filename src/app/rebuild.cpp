#include "app/rebuild.hpp"

#include <set>

#include "app/derive_batches.hpp"
#include "app/run_fence.hpp"

namespace shouyue::app {
namespace {

constexpr std::size_t examples_max = 10;

std::int64_t known_to(const DerivedRows& rows) { return rows.kase ? rows.kase->known_to : 0; }

// Derives every policy as of the last run; `differs` takes those whose stored rows are others.
Result<RebuildReport> compare(Session& session, PolicyDeriver& deriver,
                              const std::function<Result<void>(std::vector<DerivedPolicy>&)>& differs) {
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  if (run_now == 0)
    return refuse(Errc::rule_broken, "rebuild.never_run", "nothing was derived yet; use `shouyue run`",
                  "尚未运行过，请先 shouyue run");
  // What came in since the last run is its next run's work, not a difference.
  const std::int64_t derived_to = SHOUYUE_TRY(number_of(session.store, meta::derived_to));
  const auto due = SHOUYUE_TRY(session.store.due(derived_to, Instant::from_milliseconds(run_now)));
  const std::set<std::string> waiting(due.begin(), due.end());
  std::vector<std::string> policies;
  const auto keep = [&](std::string& policy_no) -> Result<void> {
    if (!waiting.contains(policy_no)) policies.push_back(std::move(policy_no));
    return {};
  };
  SHOUYUE_CHECK(session.store.each_policy(keep));
  RebuildReport report;
  const auto take = [&](std::vector<DerivedPolicy>& batch) -> Result<void> {
    std::vector<std::string> numbers;
    for (const DerivedPolicy& policy : batch) numbers.push_back(policy.policy_no);
    const auto stored = SHOUYUE_TRY(session.store.derived_of_each(numbers));
    std::vector<DerivedPolicy> differing;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      DerivedPolicy& policy = batch[i];
      if (known_to(policy.rows) > derived_to || known_to(stored[i]) > derived_to) continue;
      ++report.policies;
      if (policy.rows == stored[i]) continue;
      ++report.differing;
      if (report.examples.size() < examples_max) report.examples.push_back(policy.policy_no);
      differing.push_back(std::move(policy));
    }
    return differing.empty() ? Result<void>() : differs(differing);
  };
  SHOUYUE_CHECK(derive_batches(deriver, policies, Instant::from_milliseconds(run_now), take));
  return report;
}

}  // namespace

Result<RebuildReport> check_derived(Session& session) {
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  return compare(session, deriver, [](const auto&) -> Result<void> { return {}; });
}

Result<RebuildReport> rebuild(Session& session) {
  const RunFence fence = SHOUYUE_TRY(RunFence::take_at_any_moment(session));
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  const std::int64_t newest = SHOUYUE_TRY(session.store.newest_seq());
  const auto store_all = [&](std::vector<DerivedPolicy>& batch) -> Result<void> {
    Transaction transaction = SHOUYUE_TRY(fence.begin(session));
    SHOUYUE_CHECK(drop_overtaken(session.store, newest, batch));
    SHOUYUE_CHECK(session.store.put(batch));
    return transaction.commit();
  };
  const RebuildReport report = SHOUYUE_TRY(compare(session, deriver, store_all));
  Transaction transaction = SHOUYUE_TRY(fence.begin(session));
  SHOUYUE_CHECK(session.store.set_meta(meta::rules_version, deriver.rules_version()));
  SHOUYUE_CHECK(session.store.append_audit({.at = session.now,
                                            .who = session.who,
                                            .action = "rebuild",
                                            .detail = "policies=" + std::to_string(report.policies) +
                                                      " changed=" + std::to_string(report.differing) +
                                                      " rules=" + deriver.rules_version()}));
  SHOUYUE_CHECK(transaction.commit());
  return report;
}

}  // namespace shouyue::app
