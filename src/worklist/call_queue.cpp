#include "worklist/call_queue.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "base/error.hpp"

namespace shouyue::worklist {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

// Builds an ordered set in one pass over sorted entries.
template <class Entry>
std::set<Entry> ordered(std::vector<Entry> entries) {
  std::ranges::sort(entries, std::less());
  std::set<Entry> set;
  for (const Entry& entry : entries) set.insert(set.end(), entry);
  return set;
}

}  // namespace

bool CallQueue::Rank::operator<(const Rank& other) const {
  const auto key = [](const Rank& rank) {
    return std::tie(rank.promised, rank.deadline, rank.slots_spare, rank.leg_until, rank.kase->policy_no);
  };
  return key(*this) < key(other);
}

bool CallQueue::Waiting::operator<(const Waiting& other) const {
  return std::tie(from, kase->policy_no) < std::tie(other.from, other.kase->policy_no);
}

CallQueue::Rank CallQueue::rank_of(const QueuedCase& kase) {
  return {.promised = kase.promised ? kase.promised->milliseconds() : never,
          .deadline = kase.deadline ? kase.deadline->days() : never,
          .slots_spare = kase.slots_spare,
          .leg_until = kase.leg_until ? kase.leg_until->milliseconds() : never,
          .kase = &kase};
}

CallQueue CallQueue::of(std::vector<QueuedCase> cases, Instant now) {
  CallQueue queue;
  queue.now_ = now;
  queue.cases_.reserve(cases.size());
  std::vector<Rank> callable;
  std::vector<Waiting> waiting;
  for (QueuedCase& kase : cases) {
    std::string policy_no = kase.policy_no;
    const auto [entry, is_new] = queue.cases_.emplace(std::move(policy_no), std::move(kase));
    ensure(is_new, "a case stands in the queue once");
    const QueuedCase& kept = entry->second;
    if (kept.callable_from <= now)
      callable.push_back(rank_of(kept));
    else
      waiting.push_back({kept.callable_from, &kept});
  }
  queue.callable_ = ordered(std::move(callable));
  queue.waiting_ = ordered(std::move(waiting));
  return queue;
}

void CallQueue::link(const QueuedCase& kase) {
  if (kase.callable_from <= now_)
    callable_.insert(rank_of(kase));
  else
    waiting_.insert({kase.callable_from, &kase});
}

void CallQueue::unlink(const QueuedCase& kase) {
  if (kase.callable_from <= now_)
    callable_.erase(rank_of(kase));
  else
    waiting_.erase({kase.callable_from, &kase});
}

void CallQueue::put(QueuedCase kase) {
  const auto [entry, is_new] = cases_.try_emplace(kase.policy_no);
  if (!is_new) unlink(entry->second);
  entry->second = std::move(kase);
  link(entry->second);
}

void CallQueue::remove(const std::string& policy_no) {
  const auto found = cases_.find(policy_no);
  if (found == cases_.end()) return;
  unlink(found->second);
  cases_.erase(found);
}

void CallQueue::advance(Instant now) {
  ensure(now >= now_, "time never goes back");
  now_ = now;
  while (!waiting_.empty() && waiting_.begin()->from <= now) {
    callable_.insert(rank_of(*waiting_.begin()->kase));
    waiting_.erase(waiting_.begin());
  }
}

void CallQueue::each(const std::function<bool(const QueuedCase&)>& take) const {
  for (const Rank& rank : callable_)
    if (!take(*rank.kase)) return;
}

}  // namespace shouyue::worklist
