#include "app/derive_batches.hpp"

#include <algorithm>
#include <future>
#include <span>

#include "app/flatten.hpp"

namespace shouyue::app {
namespace {

// What was read of one policy, or why it cannot be derived.
struct ReadPolicy {
  std::string policy_no;
  Result<LoadedPolicy> loaded;
};

Result<std::vector<ReadPolicy>> read_batch(PolicyDeriver& deriver, std::span<const std::string> policies, Instant at) {
  auto loaded = SHOUYUE_TRY(deriver.read_each(policies, at));
  std::vector<ReadPolicy> batch;
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (!loaded[i] && loaded[i].error().code == Errc::environment) return std::unexpected(std::move(loaded[i].error()));
    batch.push_back({policies[i], std::move(loaded[i])});
  }
  return batch;
}

std::vector<DerivedPolicy> derive_batch(const std::vector<ReadPolicy>& batch, Instant at) {
  std::vector<DerivedPolicy> derived;
  for (const ReadPolicy& policy : batch)
    derived.push_back({policy.policy_no, policy.loaded ? PolicyDeriver::derive_rows(*policy.loaded, at)
                                                       : refused_rows(policy.policy_no, policy.loaded.error())});
  return derived;
}

}  // namespace

Result<void> derive_batches(PolicyDeriver& deriver, const std::vector<std::string>& policies, Instant at,
                            const std::function<Result<void>(std::vector<DerivedPolicy>&)>& take,
                            std::size_t batch_policies) {
  std::vector<ReadPolicy> deriving;
  std::future<std::vector<DerivedPolicy>> next;
  for (std::size_t from = 0; from < policies.size() || next.valid(); from += batch_policies) {
    std::vector<ReadPolicy> read;
    if (from < policies.size()) {
      const std::size_t count = std::min(batch_policies, policies.size() - from);
      read = SHOUYUE_TRY(read_batch(deriver, std::span(policies).subspan(from, count), at));
    }
    std::vector<DerivedPolicy> ready;
    if (next.valid()) ready = next.get();
    deriving = std::move(read);
    if (!deriving.empty()) next = std::async(std::launch::async, derive_batch, std::cref(deriving), at);
    if (!ready.empty()) SHOUYUE_CHECK(take(ready));
  }
  return {};
}

Result<void> drop_overtaken(Store& store, std::int64_t newest, std::vector<DerivedPolicy>& batch) {
  std::vector<std::string> policies;
  for (const DerivedPolicy& policy : batch) policies.push_back(policy.policy_no);
  const auto stored = SHOUYUE_TRY(store.known_to_of_each(policies));
  std::vector<DerivedPolicy> kept;
  for (std::size_t i = 0; i < batch.size(); ++i)
    if (stored[i] <= (batch[i].rows.kase ? batch[i].rows.kase->known_to : newest)) kept.push_back(std::move(batch[i]));
  batch = std::move(kept);
  return {};
}

}  // namespace shouyue::app
