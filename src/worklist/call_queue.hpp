#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/instant.hpp"
#include "worklist/ordered_blocks.hpp"

namespace shouyue::worklist {

// An open case as the queue ranks it. What a seat must be able to do for it is the caller's business.
struct QueuedCase {
  std::string policy_no;
  std::optional<Instant> promised;   // the customer asked to be called then; a promise goes before every deadline
  std::optional<Date> deadline;      // the last day in time; none comes last
  int slots_spare = 0;               // legal slots left above the attempts still needed; the fewest first
  std::optional<Instant> leg_until;  // the end of the leg; none comes last
  Instant callable_from;             // the first legal moment of the next attempt
};

// All open cases in memory, best first: promises by their hour, then the nearest deadline, then the fewest spare slots,
// then the nearest end of the leg, then the policy number. Knows no clock: a case that may not be called yet waits
// until `advance` has passed its moment.
class CallQueue {
 public:
  CallQueue() = default;
  CallQueue(CallQueue&&) = default;  // the nodes of the map go along, and what points to them stays right
  CallQueue& operator=(CallQueue&&) = default;

  // Many cases at once, each policy once, as of `now`.
  static CallQueue of(std::vector<QueuedCase> cases, Instant now);

  // Adds the case, or puts it in the place of the one of the same policy.
  void put(QueuedCase kase);
  void remove(const std::string& policy_no);
  // Cases whose moment has come by `now` become callable. Time never goes back.
  void advance(Instant now);

  // Gives the callable cases, best first, until `take` says false.
  void each(const std::function<bool(const QueuedCase&)>& take) const;
  std::size_t size() const { return cases_.size(); }
  std::size_t callable() const { return callable_.size(); }

 private:
  using Cases = std::unordered_map<std::string, QueuedCase>;
  // What decides the order, side by side; the case itself is asked only when all of it is equal.
  struct Rank {
    std::int64_t promised;
    std::int32_t deadline;
    std::int32_t slots_spare;
    std::int64_t leg_until;
    std::array<std::uint64_t, 2> number;  // the first 16 bytes of the policy number, as they compare
    const QueuedCase* kase;
    bool operator<(const Rank& other) const;
  };
  struct Waiting {
    Instant from;
    const QueuedCase* kase;
    bool operator<(const Waiting& other) const;
  };
  static Rank rank_of(const QueuedCase& kase);
  void link(const QueuedCase& kase);
  void unlink(const QueuedCase& kase);

  Instant now_;
  Cases cases_;  // its nodes stay where they are: the orders below point to them
  OrderedBlocks<Rank> callable_;
  OrderedBlocks<Waiting> waiting_;
};

}  // namespace shouyue::worklist
