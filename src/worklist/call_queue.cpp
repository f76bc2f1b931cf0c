#include "worklist/call_queue.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "base/error.hpp"

namespace shouyue::worklist {
namespace {

template <class Amount>
constexpr Amount none = std::numeric_limits<Amount>::max();

std::int64_t milliseconds(const std::optional<Instant>& moment) {
  return moment ? moment->milliseconds() : none<std::int64_t>;
}

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
  const auto key = [](const Rank& rank) { return std::tie(rank.promised, rank.deadline, rank.leg_until, rank.number); };
  const auto order = key(*this) <=> key(other);
  return order != 0 ? order < 0 : kase->first < other.kase->first;
}

bool CallQueue::Waiting::operator<(const Waiting& other) const {
  return from != other.from ? from < other.from : std::less()(kase, other.kase);
}

CallQueue::Rank CallQueue::rank_of(const Case& kase) {
  const auto& [policy_no, place] = kase;
  return {.promised = place.promised,
          .deadline = place.deadline,
          .lane = place.lane,
          .leg_until = place.leg_until,
          .number = {bytes_at(policy_no, 0), bytes_at(policy_no, 8)},
          .kase = &kase};
}

void CallQueue::add(QueuedCase kase) {
  const bool is_new = cases_.emplace(std::move(kase.policy_no), place_of(kase)).second;
  ensure(is_new, "a case stands in the queue once");
}

void CallQueue::order(Instant now) {
  now_ = now;
  std::vector<Rank> callable;
  std::vector<Waiting> waiting;
  for (const Case& kase : cases_) {
    count(kase.second, 1);
    if (kase.second.moment() <= now)
      callable.push_back(rank_of(kase));
    else
      waiting.push_back({kase.second.moment(), &kase});
  }
  callable_.assign(std::move(callable));
  waiting_.assign(std::move(waiting));
}

CallQueue CallQueue::of(std::vector<QueuedCase> cases, Instant now) {
  CallQueue queue;
  queue.cases_.reserve(cases.size());
  for (QueuedCase& kase : cases) queue.add(std::move(kase));
  queue.order(now);
  return queue;
}

CallQueue::Place CallQueue::place_of(const QueuedCase& kase) {
  return {.promised = milliseconds(kase.promised),
          .leg_until = milliseconds(kase.leg_until),
          .deadline = kase.deadline ? kase.deadline->days() : none<std::int32_t>,
          .lane = kase.lane,
          .callable_from = kase.callable_from,
          .held_until = {}};
}

// `more`: 1 or -1, as the case comes to where it belongs by now or leaves it.
void CallQueue::count(const Place& place, std::ptrdiff_t more) {
  const auto [entry, is_new] = counts_.try_emplace({place.lane, place.deadline}, Count{.lane = place.lane});
  Count& count = entry->second;
  if (is_new && place.deadline != none<std::int32_t>) count.deadline = Date::from_days(place.deadline);
  const auto step = static_cast<std::size_t>(more);
  if (place.moment() > now_) {
    count.waiting += step;
    return;
  }
  count.callable += step;
  if (place.lane >= callable_of_.size()) callable_of_.resize(place.lane + 1);
  callable_of_[place.lane] += step;
}

void CallQueue::link(const Case& kase) {
  count(kase.second, 1);
  if (kase.second.moment() > now_)
    waiting_.insert({kase.second.moment(), &kase});
  else
    callable_.insert(rank_of(kase));
}

void CallQueue::unlink(const Case& kase) {
  count(kase.second, -1);
  if (kase.second.moment() > now_)
    waiting_.erase({kase.second.moment(), &kase});
  else
    callable_.erase(rank_of(kase));
}

void CallQueue::put(QueuedCase kase) {
  Place place = place_of(kase);
  const auto [entry, is_new] = cases_.try_emplace(std::move(kase.policy_no));
  if (!is_new) unlink(*entry);
  place.held_until = entry->second.held_until;
  entry->second = place;
  link(*entry);
}

void CallQueue::remove(const std::string& policy_no) {
  const auto found = cases_.find(policy_no);
  if (found == cases_.end()) return;
  unlink(*found);
  cases_.erase(found);
}

void CallQueue::hold(const std::string& policy_no, Instant until) {
  const auto found = cases_.find(policy_no);
  if (found == cases_.end()) return;
  unlink(*found);
  found->second.held_until = until;
  link(*found);
}

void CallQueue::advance(Instant now) {
  ensure(now >= now_, "time never goes back");
  std::vector<const Case*> due;
  while (!waiting_.empty() && waiting_.front().from <= now) {
    due.push_back(waiting_.front().kase);
    unlink(*due.back());
  }
  now_ = now;
  for (const Case* kase : due) link(*kase);
}

std::vector<std::string> CallQueue::best(std::span<const char> wanted, std::size_t most) const {
  std::size_t callable = 0;
  for (std::size_t lane = 0; lane < std::min(wanted.size(), callable_of_.size()); ++lane)
    if (wanted[lane] != 0) callable += callable_of_[lane];
  most = std::min(most, callable);
  std::vector<std::string> found;
  if (most == 0) return found;
  callable_.each([&](const Rank& rank) {
    if (rank.lane < wanted.size() && wanted[rank.lane] != 0) found.push_back(rank.kase->first);
    return found.size() < most;
  });
  return found;
}

std::vector<std::string> CallQueue::all(std::span<const char> wanted) const {
  std::vector<std::string> found;
  for (const auto& [policy_no, place] : cases_)
    if (place.lane < wanted.size() && wanted[place.lane] != 0) found.push_back(policy_no);
  return found;
}

void CallQueue::each(const std::function<bool(const std::string&)>& take) const {
  callable_.each([&](const Rank& rank) { return take(rank.kase->first); });
}

std::vector<CallQueue::Count> CallQueue::counts() const {
  std::vector<Count> list;
  for (const auto& [key, count] : counts_)
    if (count.callable + count.waiting > 0) list.push_back(count);
  return list;
}

}  // namespace shouyue::worklist
