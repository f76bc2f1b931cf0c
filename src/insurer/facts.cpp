#include "insurer/facts.hpp"

#include <algorithm>
#include <tuple>

namespace shouyue::insurer {
namespace {

auto key_of(const Attempt& attempt) { return std::tie(attempt.attempt_id); }
auto key_of(const TicketStep& step) { return std::tie(step.at, step.ticket_id, step.kind, step.step); }
auto key_of(const PolicyChange& change) { return std::tie(change.on, change.change); }
auto key_of(const GrantedException& exception) { return std::tie(exception.request); }

auto order_of(const Attempt& attempt) { return std::tie(attempt.started_at, attempt.attempt_id); }
auto order_of(const TicketStep& step) { return key_of(step); }
auto order_of(const PolicyChange& change) { return key_of(change); }
auto order_of(const GrantedException& exception) { return std::tie(exception.at, exception.request); }

// In order, and of each key one version: as facts come that are not corrected.
template <class Fact>
bool is_plain(const std::vector<const Fact*>& facts) {
  for (std::size_t i = 1; i < facts.size(); ++i) {
    if (!(order_of(*facts[i - 1]) < order_of(*facts[i]))) return false;
    for (std::size_t earlier = 0; earlier < i; ++earlier)
      if (key_of(*facts[earlier]) == key_of(*facts[i])) return false;
  }
  return true;
}

template <class Fact>
void keep_newest_in_order(std::vector<const Fact*>& facts) {
  std::ranges::sort(facts, [](const Fact* a, const Fact* b) {
    return key_of(*a) != key_of(*b) ? key_of(*a) < key_of(*b) : a->seq > b->seq;
  });
  const auto repeated =
      std::ranges::unique(facts, [](const Fact* a, const Fact* b) { return key_of(*a) == key_of(*b); });
  facts.erase(repeated.begin(), repeated.end());
  std::ranges::sort(facts, [](const Fact* a, const Fact* b) { return order_of(*a) < order_of(*b); });
}

// Of each key the newest known version, in order; only what is given is copied.
template <class Fact>
std::vector<Fact> newest_of_each_key(const std::vector<Fact>& versions, std::int64_t known_to) {
  std::vector<const Fact*> known;
  known.reserve(versions.size());
  for (const Fact& fact : versions)
    if (fact.seq <= known_to) known.push_back(&fact);
  constexpr std::size_t compared_pairwise_max = 16;
  if (known.size() > compared_pairwise_max || !is_plain(known)) keep_newest_in_order(known);
  std::vector<Fact> newest;
  newest.reserve(known.size());
  for (const Fact* fact : known) newest.push_back(*fact);
  return newest;
}

// Of a fact that a policy has once.
template <class Fact>
const Fact* newest_of(const std::vector<Fact>& versions, std::int64_t known_to) {
  const Fact* newest = nullptr;
  for (const Fact& fact : versions)
    if (fact.seq <= known_to && (!newest || fact.seq > newest->seq)) newest = &fact;
  return newest;
}

}  // namespace

PolicyFacts as_known(const FactVersions& versions, std::int64_t known_to) {
  PolicyFacts facts;
  if (const Policy* policy = newest_of(versions.policies, known_to)) facts.policy = *policy;
  if (const Receipt* receipt = newest_of(versions.receipts, known_to)) facts.receipt = *receipt;
  facts.attempts = newest_of_each_key(versions.attempts, known_to);
  facts.ticket_steps = newest_of_each_key(versions.ticket_steps, known_to);
  facts.changes = newest_of_each_key(versions.changes, known_to);
  facts.exceptions = newest_of_each_key(versions.exceptions, known_to);
  return facts;
}

}  // namespace shouyue::insurer
