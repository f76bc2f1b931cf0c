#include "worklist/call_queue.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "base/error.hpp"

namespace shouyue::worklist {
namespace {

template <class Amount>
constexpr Amount never = std::numeric_limits<Amount>::max();

// Eight bytes of the text from `from`, zero behind its end, as a number that compares as they do.
std::uint64_t bytes_at(std::string_view text, std::size_t from) {
  std::uint64_t bytes = 0;
  const std::string_view part = text.substr(std::min(from, text.size()), sizeof bytes);
  for (std::size_t i = 0; i < sizeof bytes; ++i)
    bytes = bytes << 8 | (i < part.size() ? static_cast<unsigned char>(part[i]) : 0);
  return bytes;
}

}  // namespace

bool CallQueue::Rank::operator<(const Rank& other) const {
  const auto key = [](const Rank& rank) {
    return std::tie(rank.promised, rank.deadline, rank.slots_spare, rank.leg_until, rank.number);
  };
  const auto order = key(*this) <=> key(other);
  return order != 0 ? order < 0 : kase->policy_no < other.kase->policy_no;
}

bool CallQueue::Waiting::operator<(const Waiting& other) const {
  return from != other.from ? from < other.from : std::less()(kase, other.kase);
}

CallQueue::Rank CallQueue::rank_of(const QueuedCase& kase) {
  return {.promised = kase.promised ? kase.promised->milliseconds() : never<std::int64_t>,
          .deadline = kase.deadline ? kase.deadline->days() : never<std::int32_t>,
          .slots_spare = kase.slots_spare,
          .leg_until = kase.leg_until ? kase.leg_until->milliseconds() : never<std::int64_t>,
          .number = {bytes_at(kase.policy_no, 0), bytes_at(kase.policy_no, 8)},
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
  queue.callable_.assign(std::move(callable));
  queue.waiting_.assign(std::move(waiting));
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
  while (!waiting_.empty() && waiting_.front().from <= now) {
    const Waiting due = waiting_.front();
    callable_.insert(rank_of(*due.kase));
    waiting_.erase(due);
  }
}

void CallQueue::each(const std::function<bool(const QueuedCase&)>& take) const {
  callable_.each([&](const Rank& rank) { return take(*rank.kase); });
}

}  // namespace shouyue::worklist
