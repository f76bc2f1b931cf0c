// The queue of open cases in memory: ranked from cold, and one change at a time.
//
//   bench_queue [CASES]      default 1000000
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "worklist/call_queue.hpp"

using namespace shouyue;
using worklist::CallQueue;
using worklist::QueuedCase;

namespace {

const Instant now = Instant::parse("2021-10-08T09:00:00").value();

QueuedCase made_case(std::size_t n) {
  const std::size_t mixed = n * 2'654'435'761 % 4'294'967'291;
  QueuedCase kase{.policy_no = "88312021" + std::to_string(100'000'000 + n),
                  .promised = {},
                  .deadline = now.date() + static_cast<int>(mixed % 15),
                  .leg_until = now.plus_seconds(static_cast<std::int64_t>(mixed % 500) * 3600),
                  .callable_from = now.plus_seconds(static_cast<std::int64_t>(mixed % 97) * 600 - 28'000),
                  .lane = static_cast<std::uint32_t>(mixed % 7)};
  if (mixed % 50 == 0) kase.promised = now;
  return kase;
}

template <class Work>
double seconds_of(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t cases = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  const std::size_t changes = cases / 10;
  std::vector<QueuedCase> open;
  for (std::size_t n = 0; n < cases; ++n) open.push_back(made_case(n));
  CallQueue queue = CallQueue::of({}, now);
  const std::clock_t processor = std::clock();
  const double cold = seconds_of([&] { queue = CallQueue::of(std::move(open), now); });
  const double cold_processor = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
  const double changing = seconds_of([&] {
    for (std::size_t n = 0; n < changes; ++n) {
      QueuedCase kase = made_case(n * 7 % cases);
      kase.deadline = now.date() + static_cast<int>(n % 11);
      queue.put(std::move(kase));
    }
  });
  std::string first;
  const double best = seconds_of([&] {
    queue.each([&](const std::string& policy_no) {
      first = policy_no;
      return false;
    });
  });
  std::printf("%zu open cases ranked from cold              : %10.0f ms, processor time %.0f ms\n", cases, cold * 1e3,
              cold_processor * 1e3);
  std::printf("one change among them                         : %10.2f us\n",
              changing * 1e6 / static_cast<double>(changes));
  std::printf("the best of %zu callable ones                 : %10.2f us (%s)\n", queue.callable(), best * 1e6,
              first.c_str());
}
