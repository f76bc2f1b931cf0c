// Commands of many threads share commits, and each has its own answer.
#include "app/group_commit.hpp"

#include <atomic>
#include <thread>

#include "engines.hpp"

using namespace shouyue;

namespace {

const Instant nine = Instant::parse("2021-10-08T09:00:00").value();

Result<void> claim(app::Store& store, const std::string& policy_no, const std::string& seat) {
  const auto claimed = SHOUYUE_TRY(store.claim(policy_no, seat, nine, nine.plus_seconds(60)));
  if (!claimed) return refuse(Errc::conflict, "claim.taken", "", "");
  return {};
}

}  // namespace

TEST_CASE_TEMPLATE("every case goes to one seat, however many ask at once", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  app::GroupCommit group(fixture.store(), app::Transaction::begin_claims);
  constexpr int threads = 8, cases = 60;
  std::atomic<int> claimed = 0, taken = 0, failed = 0;
  std::vector<std::jthread> seats;
  for (int seat = 0; seat < threads; ++seat)
    seats.emplace_back([&, name = "S" + std::to_string(seat)] {
      for (int n = 0; n < cases; ++n) {
        const auto answer = group.run([&](app::Store& shared) { return claim(shared, "P" + std::to_string(n), name); });
        ++(answer ? claimed : answer.error().rule == "claim.taken" ? taken : failed);
      }
    });
  seats.clear();
  CHECK(claimed == cases);
  CHECK(taken == cases * (threads - 1));
  CHECK(failed == 0);
  const auto other = fixture.open();
  for (int n = 0; n < cases; ++n) CHECK(other->claim_of("P" + std::to_string(n)).value().has_value());
}

TEST_CASE_TEMPLATE("what comes while a commit is on its way goes into the next one, together", Engine, Sqlite,
                   Postgresql) {
  Fixture<Engine> fixture;
  app::GroupCommit group(fixture.store(), app::Transaction::begin_claims);
  constexpr int followers = 6;
  std::atomic<int> asking = 0;
  std::vector<std::jthread> threads;
  const auto first = group.run([&](app::Store& shared) {
    for (int n = 0; n < followers; ++n)
      threads.emplace_back([&, n] {
        ++asking;
        const auto answer = group.run([&](app::Store& later) { return claim(later, "P" + std::to_string(n), "S"); });
        CHECK(answer.has_value());
      });
    while (asking < followers) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return claim(shared, "first", "S");
  });
  CHECK(first.has_value());
  threads.clear();
  CHECK(group.commits() == 2);
}

TEST_CASE_TEMPLATE("a command whose database fails is answered so, and nothing of its transaction is kept", Engine,
                   Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  app::GroupCommit group(fixture.store(), app::Transaction::begin_claims);
  const auto broken = group.run([](app::Store& shared) -> Result<void> {
    SHOUYUE_CHECK(claim(shared, "A", "S"));
    return refuse(Errc::environment, "store.full", "", "");
  });
  REQUIRE_FALSE(broken.has_value());
  CHECK(broken.error().rule == "store.full");
  CHECK_FALSE(fixture.store().claim_of("A").value().has_value());
  CHECK(group.run([](app::Store& shared) { return claim(shared, "A", "S"); }).has_value());
}
