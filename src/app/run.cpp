#include "app/run.hpp"

#include "app/derive_batches.hpp"
#include "app/run_fence.hpp"
#include "app/settle.hpp"

namespace shouyue::app {
namespace {

Result<void> check_rules(Session& session, const PolicyDeriver& deriver) {
  const auto known = SHOUYUE_TRY(session.store.meta(meta::rules_version));
  if (!known || *known == deriver.rules_version()) return {};
  return refuse(
      Errc::conflict, "run.rules_changed",
      "the assigned rule books differ from those of the last run; `shouyue rebuild` derives every case under the "
      "present ones and records it",
      "所适用的制度与上次运行时不同；请用 shouyue rebuild 按现行制度重新推导全部件并留痕");
}

// Organisations whose period began or ended since the last run change what their policies are routed to.
Result<void> mark_moved_organisations(Session& session, const PolicyDeriver& deriver, const RunFence& fence,
                                      std::int64_t run_now) {
  if (run_now == 0) return {};
  const Date last = Instant::from_milliseconds(run_now).date();
  const auto codes = deriver.directory().changed_between(last, session.now.date());
  if (codes.empty()) return {};
  Transaction transaction = SHOUYUE_TRY(fence.begin(session));
  SHOUYUE_CHECK(session.store.mark_with(ReferenceKind::organisation, codes));
  return transaction.commit();
}

void count(const DerivedPolicy& policy, RunReport& report) {
  ++report.derived;
  if (!policy.rows.refused) return;
  ++report.refused;
  ++report.refusals[policy.rows.refused->rule];
}

bool has_worked(const RunReport& report) { return report.derived != 0 || report.settlements != 0; }

Result<void> finish(Session& session, const PolicyDeriver& deriver, const RunFence& fence, std::int64_t derived_to,
                    const RunReport& report) {
  Transaction transaction = SHOUYUE_TRY(fence.begin(session));
  // Organisations, agents or products that came in meanwhile were not seen by what this run derived.
  if (SHOUYUE_TRY(session.store.newest_reference_seq()) <= derived_to)
    SHOUYUE_CHECK(session.store.set_meta(meta::derived_to, std::to_string(derived_to)));
  SHOUYUE_CHECK(session.store.set_meta(meta::run_now, std::to_string(session.now.milliseconds())));
  SHOUYUE_CHECK(session.store.set_meta(meta::rules_version, deriver.rules_version()));
  // A server runs every few seconds, mostly for nothing.
  if (has_worked(report))
    SHOUYUE_CHECK(session.store.append_audit({.at = session.now,
                                              .who = session.who,
                                              .action = "run",
                                              .detail = "derived=" + std::to_string(report.derived) +
                                                        " refused=" + std::to_string(report.refused) +
                                                        " settlements=" + std::to_string(report.settlements)}));
  return transaction.commit();
}

}  // namespace

Result<RunReport> run(Session& session, std::size_t batch_policies) {
  RunReport report;
  const RunFence fence = SHOUYUE_TRY(RunFence::take(session));
  const std::int64_t run_now = SHOUYUE_TRY(number_of(session.store, meta::run_now));
  const std::int64_t newest = SHOUYUE_TRY(session.store.newest_seq());
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  SHOUYUE_CHECK(check_rules(session, deriver));
  SHOUYUE_CHECK(mark_moved_organisations(session, deriver, fence, run_now));
  report.settlements = SHOUYUE_TRY(settle(session, deriver, fence));
  SHOUYUE_CHECK(deriver.reload_settlements());

  const std::int64_t derived_to = SHOUYUE_TRY(number_of(session.store, meta::derived_to));
  const auto due = SHOUYUE_TRY(session.store.due(derived_to, session.now));
  const auto store_batch = [&](std::vector<DerivedPolicy>& batch) -> Result<void> {
    Transaction transaction = SHOUYUE_TRY(fence.begin(session));
    const bool is_alone = SHOUYUE_TRY(session.store.newest_seq()) == newest;
    if (!is_alone) SHOUYUE_CHECK(drop_overtaken(session.store, newest, batch));
    std::vector<std::string> policies;
    for (const DerivedPolicy& policy : batch) {
      policies.push_back(policy.policy_no);
      count(policy, report);
    }
    SHOUYUE_CHECK(session.store.put(batch));
    // What came in since this run began may have marked a policy after it was read.
    if (is_alone) SHOUYUE_CHECK(session.store.unmark(policies));
    return transaction.commit();
  };
  SHOUYUE_CHECK(derive_batches(deriver, due, session.now, store_batch, batch_policies));
  if (!has_worked(report) && newest == derived_to && run_now == session.now.milliseconds()) return report;
  SHOUYUE_CHECK(finish(session, deriver, fence, newest, report));
  return report;
}

}  // namespace shouyue::app
