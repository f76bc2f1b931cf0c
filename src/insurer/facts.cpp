#include "insurer/facts.hpp"

#include <algorithm>
#include <tuple>

namespace shouyue::insurer {
namespace {

auto key_of(const Policy&) { return std::tuple<>(); }
auto key_of(const Receipt&) { return std::tuple<>(); }
auto key_of(const Attempt& attempt) { return std::tie(attempt.attempt_id); }
auto key_of(const TicketStep& step) { return std::tie(step.at, step.ticket_id, step.kind, step.step); }
auto key_of(const PolicyChange& change) { return std::tie(change.on, change.change); }

auto order_of(const Policy&) { return std::tuple<>(); }
auto order_of(const Receipt&) { return std::tuple<>(); }
auto order_of(const Attempt& attempt) { return std::tie(attempt.started_at, attempt.attempt_id); }
auto order_of(const TicketStep& step) { return key_of(step); }
auto order_of(const PolicyChange& change) { return key_of(change); }

// Of each key the newest known version, in order; only what is given is copied.
template <class Fact>
std::vector<Fact> newest_of_each_key(const std::vector<Fact>& versions, std::int64_t known_to) {
  std::vector<const Fact*> known;
  known.reserve(versions.size());
  for (const Fact& fact : versions)
    if (fact.seq <= known_to) known.push_back(&fact);
  if (known.size() > 1) {
    std::ranges::sort(known, [](const Fact* a, const Fact* b) {
      return key_of(*a) != key_of(*b) ? key_of(*a) < key_of(*b) : a->seq > b->seq;
    });
    const auto repeated =
        std::ranges::unique(known, [](const Fact* a, const Fact* b) { return key_of(*a) == key_of(*b); });
    known.erase(repeated.begin(), repeated.end());
    std::ranges::sort(known, [](const Fact* a, const Fact* b) { return order_of(*a) < order_of(*b); });
  }
  std::vector<Fact> newest;
  newest.reserve(known.size());
  for (const Fact* fact : known) newest.push_back(*fact);
  return newest;
}

}  // namespace

PolicyFacts as_known(const FactVersions& versions, std::int64_t known_to) {
  PolicyFacts facts;
  if (auto policy = newest_of_each_key(versions.policies, known_to); !policy.empty())
    facts.policy = std::move(policy.front());
  if (auto receipt = newest_of_each_key(versions.receipts, known_to); !receipt.empty())
    facts.receipt = std::move(receipt.front());
  facts.attempts = newest_of_each_key(versions.attempts, known_to);
  facts.ticket_steps = newest_of_each_key(versions.ticket_steps, known_to);
  facts.changes = newest_of_each_key(versions.changes, known_to);
  return facts;
}

}  // namespace shouyue::insurer
