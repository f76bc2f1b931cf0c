// The queue against a plain sort of the same cases, after random changes (seed printed).
#include "worklist/call_queue.hpp"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

using namespace shouyue;
using worklist::CallQueue;
using worklist::QueuedCase;

namespace {

const Instant nine = Instant::parse("2021-10-08T09:00:00").value();

QueuedCase open_case(const std::string& policy_no) {
  return {.policy_no = policy_no, .promised = {}, .deadline = nine.date() + 5, .leg_until = {}, .callable_from = nine};
}

std::string order_of(const CallQueue& queue) {
  std::string order;
  queue.each([&](const std::string& policy_no) {
    order += (order.empty() ? "" : " ") + policy_no;
    return true;
  });
  return order;
}

struct Random {
  std::uint64_t state;
  std::int64_t below(std::int64_t n) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<std::int64_t>(state % static_cast<std::uint64_t>(n));
  }
};

// The first 16 bytes of all numbers are the same.
QueuedCase random_case(Random& random) {
  QueuedCase kase = open_case("8831202100000000" + std::to_string(random.below(3000)));
  if (random.below(10) == 0) kase.promised = nine.plus_seconds(random.below(5) * 3600);
  kase.deadline = nine.date() + static_cast<int>(random.below(4));
  if (random.below(5) == 0) kase.deadline.reset();
  kase.lane = static_cast<std::uint32_t>(random.below(3));
  if (random.below(2) == 0) kase.leg_until = nine.plus_seconds(random.below(3) * 86'400);
  kase.callable_from = nine.plus_seconds(random.below(20) * 1800);
  return kase;
}

// The order as the header says it, by plain comparisons.
bool comes_before(const QueuedCase& a, const QueuedCase& b) {
  const auto sooner = [](const auto& x, const auto& y) { return x && (!y || *x < *y); };
  if (a.promised != b.promised) return sooner(a.promised, b.promised);
  if (a.deadline != b.deadline) return sooner(a.deadline, b.deadline);
  if (a.leg_until != b.leg_until) return sooner(a.leg_until, b.leg_until);
  return a.policy_no < b.policy_no;
}

std::string plain_order(const std::map<std::string, QueuedCase>& cases, Instant now) {
  std::vector<QueuedCase> callable;
  for (const auto& [policy_no, kase] : cases)
    if (kase.callable_from <= now) callable.push_back(kase);
  std::ranges::sort(callable, comes_before);
  std::string order;
  for (const QueuedCase& kase : callable) order += (order.empty() ? "" : " ") + kase.policy_no;
  return order;
}

}  // namespace

TEST_CASE("promises come first, then the deadline, the end of the leg, the number") {
  QueuedCase promised = open_case("E"), soon = open_case("D"), ending = open_case("B");
  promised.promised = nine;
  promised.deadline.reset();
  soon.deadline = nine.date() + 4;
  ending.leg_until = nine.plus_seconds(60);
  QueuedCase never = open_case("0");
  never.deadline.reset();
  CHECK(order_of(CallQueue::of({never, open_case("C"), ending, open_case("A"), soon, promised}, nine)) ==
        "E D B A C 0");
}

TEST_CASE("a case is callable from its moment on") {
  QueuedCase later = open_case("A");
  later.callable_from = nine.plus_seconds(1);
  CallQueue queue = CallQueue::of({later, open_case("B")}, nine);
  CHECK(order_of(queue) == "B");
  queue.advance(nine);
  CHECK(order_of(queue) == "B");
  queue.advance(nine.plus_seconds(1));
  CHECK(order_of(queue) == "A B");
}

TEST_CASE("a queue that was empty takes cases again") {
  CallQueue queue;
  queue.put(open_case("A"));
  queue.advance(nine);
  CHECK(order_of(queue) == "A");
  queue.remove("A");
  CHECK(order_of(queue).empty());
  queue.put(open_case("B"));
  CHECK(order_of(queue) == "B");
}

TEST_CASE("the taker says when it has enough") {
  const CallQueue queue = CallQueue::of({open_case("A"), open_case("B"), open_case("C")}, nine);
  std::string taken;
  queue.each([&](const std::string& policy_no) {
    taken += policy_no;
    return taken.size() < 2;
  });
  CHECK(taken == "AB");
}

TEST_CASE("a case that is held waits, whatever becomes known of it meanwhile") {
  CallQueue queue = CallQueue::of({open_case("A"), open_case("B")}, nine);
  queue.hold("A", nine.plus_seconds(60));
  queue.hold("unknown", nine.plus_seconds(60));
  CHECK(order_of(queue) == "B");
  queue.put(open_case("A"));
  CHECK(order_of(queue) == "B");
  queue.advance(nine.plus_seconds(59));
  CHECK(order_of(queue) == "B");
  queue.advance(nine.plus_seconds(60));
  CHECK(order_of(queue) == "A B");
  queue.hold("A", nine.plus_seconds(90));
  queue.release("A");
  CHECK(order_of(queue) == "A B");
}

TEST_CASE("the best case of the lanes that are wanted") {
  QueuedCase first = open_case("A"), second = open_case("B"), later = open_case("C");
  second.lane = 1;
  later.lane = 2;
  later.callable_from = nine.plus_seconds(1);
  CallQueue queue = CallQueue::of({first, second, later}, nine);
  const auto best = [&](std::vector<char> wanted) {
    const auto found = queue.best(wanted, 1);
    return found.empty() ? "" : found[0];
  };
  CHECK(queue.best(std::vector<char>{1, 1, 1}, 5) == std::vector<std::string>{"A", "B"});
  CHECK(queue.best(std::vector<char>{1, 1, 1}, 0).empty());
  CHECK(queue.all(std::vector<char>{0, 0, 1}) == std::vector<std::string>{"C"});
  CHECK(best({1, 1, 1}) == "A");
  CHECK(best({0, 1, 1}) == "B");
  CHECK(best({0, 0, 1}).empty());
  CHECK(best({0}).empty());
  queue.advance(nine.plus_seconds(1));
  CHECK(best({0, 0, 1}) == "C");
  queue.remove("C");
  CHECK(best({0, 0, 1}).empty());
}

TEST_CASE("after any changes the order is that of a plain sort") {
  Random random{20'211'008};
  Instant now = nine;
  std::map<std::string, QueuedCase> cases;
  for (int i = 0; i < 1500; ++i) {
    const QueuedCase kase = random_case(random);
    cases[kase.policy_no] = kase;
  }
  std::vector<QueuedCase> all;
  for (const auto& [policy_no, kase] : cases) all.push_back(kase);
  CallQueue queue = CallQueue::of(all, now);
  CHECK(order_of(queue) == plain_order(cases, now));
  for (int step = 0; step < 4000; ++step) {
    const QueuedCase kase = random_case(random);
    if (random.below(3) == 0) {
      queue.remove(kase.policy_no);
      cases.erase(kase.policy_no);
    } else {
      queue.put(kase);
      cases[kase.policy_no] = kase;
    }
    if (step % 100 == 0) queue.advance(now = now.plus_seconds(1800));
    if (step % 40 == 0) CHECK(order_of(queue) == plain_order(cases, now));
  }
  CHECK(queue.size() == cases.size());
  std::size_t callable = 0, waiting = 0;
  for (const CallQueue::Count& count : queue.counts()) {
    std::size_t here = 0;
    for (const auto& [policy_no, kase] : cases)
      here += kase.lane == count.lane && kase.deadline == count.deadline && kase.callable_from <= now;
    CHECK(count.callable == here);
    callable += count.callable;
    waiting += count.waiting;
  }
  CHECK(callable == queue.callable());
  CHECK(callable + waiting == queue.size());
}
