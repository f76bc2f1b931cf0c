#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/instant.hpp"
#include "worklist/ordered_blocks.hpp"

namespace shouyue::worklist {

// An open case as the queue ranks it.
struct QueuedCase {
  std::string policy_no;
  std::optional<Instant> promised;   // the customer asked to be called then; a promise goes before every deadline
  std::optional<Date> deadline;      // the last day in time; none comes last
  std::optional<Instant> leg_until;  // the end of the leg; none comes last
  Instant callable_from;             // the first legal moment of the next attempt
  std::uint32_t lane =
      0;  // cases for which a seat must be able to do the same; which seat can is the caller's business
};

// All open cases in memory, best first: promises by their hour, then the nearest deadline, then the nearest end of the
// leg, then the policy number. Knows no clock: a case that may not be called yet waits until `advance` has passed its
// moment.
class CallQueue {
 public:
  CallQueue() = default;
  CallQueue(CallQueue&&) = default;  // the nodes of the map go along, and what points to them stays right
  CallQueue& operator=(CallQueue&&) = default;

  // Many cases at once, each policy once: all are added, then put in order as of `now`.
  void add(QueuedCase kase);
  void order(Instant now);
  static CallQueue of(std::vector<QueuedCase> cases, Instant now);

  // Adds the case, or puts it in the place of the one of the same policy; a hold stays.
  void put(QueuedCase kase);
  void remove(const std::string& policy_no);
  // The case, if it is there, waits at least until then; `release` ends that.
  void hold(const std::string& policy_no, Instant until);
  void release(const std::string& policy_no) { hold(policy_no, Instant()); }
  // Cases whose moment has come by `now` become callable. Time never goes back.
  void advance(Instant now);

  // Of the lanes that are wanted (1, by number; those beyond its end are not): the best callable cases, at most `most`,
  // and all cases, in no order.
  std::vector<std::string> best(std::span<const char> wanted, std::size_t most) const;
  std::vector<std::string> all(std::span<const char> wanted) const;
  // Gives the policy numbers of the callable cases, best first, until `take` says false.
  void each(const std::function<bool(const std::string&)>& take) const;
  std::size_t size() const { return cases_.size(); }
  std::size_t callable() const { return callable_.size(); }

  // One for each lane and deadline: how many cases may be called now, and how many wait.
  struct Count {
    std::uint32_t lane = 0;
    std::optional<Date> deadline;
    std::size_t callable = 0, waiting = 0;
  };
  std::vector<Count> counts() const;  // those that are not all zero

 private:
  // Small, because there may be a million; the largest number stands for none.
  struct Place {
    std::int64_t promised, leg_until;
    std::int32_t deadline;
    std::uint32_t lane;
    Instant callable_from, held_until;
    Instant moment() const { return std::max(callable_from, held_until); }
  };
  using Cases = std::unordered_map<std::string, Place>;
  using Case = Cases::value_type;
  // What decides the order, side by side; the case itself is asked only when all of it is equal.
  struct Rank {
    std::int64_t promised;
    std::int32_t deadline;
    std::uint32_t lane;
    std::int64_t leg_until;
    std::array<std::uint64_t, 2> number;  // the first 16 bytes of the policy number, as they compare
    const Case* kase;
    bool operator<(const Rank& other) const;
  };
  struct Waiting {
    Instant from;
    const Case* kase;
    bool operator<(const Waiting& other) const;
  };
  static Place place_of(const QueuedCase& kase);
  static Rank rank_of(const Case& kase);
  void link(const Case& kase);
  void unlink(const Case& kase);
  void count(const Place& place, std::ptrdiff_t more);

  Instant now_;
  Cases cases_;  // its nodes stay where they are: the orders below point to them
  OrderedBlocks<Rank> callable_;
  OrderedBlocks<Waiting> waiting_;
  std::vector<std::size_t> callable_of_;                            // by lane
  std::map<std::pair<std::uint32_t, std::int32_t>, Count> counts_;  // by lane and deadline, as in Place
};

}  // namespace shouyue::worklist
