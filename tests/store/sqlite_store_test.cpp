#include "store/sqlite_store.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include <doctest/doctest.h>

using namespace shouyue;
using app::FactKey;
using app::NewFact;
using insurer::FactKind;

namespace {

// A store in a file of its own, gone at the end.
class Fixture {
 public:
  Fixture() {
    char pattern[] = "/tmp/shouyue-store-XXXXXX";
    folder_ = ::mkdtemp(pattern);
    store_ = open();
    REQUIRE(*store_->migrate());
  }
  ~Fixture() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::unique_ptr<store::SqliteStore> open() const {
    auto opened = store::SqliteStore::open((folder_ / "test.db").string());
    REQUIRE(opened.has_value());
    return std::move(*opened);
  }
  app::Store& store() { return *store_; }
  template <class Do>
  void commit(Do change) {
    auto transaction = app::Transaction::begin(*store_);
    REQUIRE(transaction.has_value());
    const auto done = change(*store_);
    REQUIRE(done.has_value());
    REQUIRE(transaction->commit().has_value());
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<store::SqliteStore> store_;
};

NewFact fact(const char* policy_no, FactKind kind, const char* key, const char* body, const char* personal = "") {
  return {.key = {.kind = kind, .policy_no = policy_no, .key = key},
          .at = Instant::from_milliseconds(5),
          .text = {body, personal}};
}

app::DerivedRows whole_rows(const std::string& policy_no) {
  app::DerivedRows rows;
  app::CaseRow row;
  row.policy_no = policy_no;
  row.regime = "r";
  row.state = insurer::CaseStatus::with_branch;
  row.leg = insurer::Leg::second_call;
  row.deadline = Date::from_days(18'900);
  row.premium = Money::fen(-1);
  row.next_slot_from = Instant::from_milliseconds(1'000'000);
  row.wake_at = Instant::from_milliseconds(2'000'000);
  row.person = std::numeric_limits<std::int64_t>::min();
  row.attempts_day = Date::from_days(1);
  row.attempts_that_day = 2;
  row.rules = "a;b";
  rows.kase = row;
  rows.tickets.push_back({.policy_no = policy_no,
                          .ticket_id = policy_no + "-problem-1",
                          .state = "open",
                          .working_days_used = {},
                          .rules = "t"});
  rows.commission = app::CommissionRow{
      .policy_no = policy_no, .agent_code = "A", .month = "2021-10", .reasons = "x;y", .rules = "a;b"};
  rows.entries.push_back({.policy_no = policy_no,
                          .n = 1,
                          .month = "2021-10",
                          .kind = "release",
                          .amount = Money::fen(7),
                          .reasons = "",
                          .rules = ""});
  return rows;
}

}  // namespace

TEST_CASE("a schema is made once, and a program without it is refused") {
  Fixture fixture;
  CHECK_FALSE(*fixture.store().migrate());
  CHECK(fixture.store().require_schema().has_value());
  CHECK(store::SqliteStore::open("/nowhere/at/all.db").error().rule == "store.cannot_open");
}

TEST_CASE("facts are kept in the order in which they became known, every version") {
  Fixture fixture;
  const std::vector<NewFact> facts{fact("P1", FactKind::policy, "", "one", "name"),
                                   fact("P1", FactKind::attempt, "T1", "a"),
                                   fact("P1", FactKind::policy, "", "two", "other")};
  fixture.commit([&](app::Store& store) { return store.append(facts); });
  CHECK(*fixture.store().newest_seq() == 3);
  const std::vector<FactKey> keys{facts[0].key, facts[1].key, {.kind = FactKind::policy, .policy_no = "P2", .key = ""}};
  const auto newest = *fixture.store().newest(keys);
  CHECK(newest[0]->body == "two");
  CHECK(newest[0]->personal == "other");
  CHECK(newest[1]->seq == 2);
  CHECK_FALSE(newest[2].has_value());
  CHECK(fixture.store().facts_of("P1")->size() == 3);
  CHECK(*fixture.store().has_version(facts[0].key, {"one", "name"}));
  CHECK_FALSE(*fixture.store().has_version(facts[0].key, {"one", "other"}));
  const std::vector<std::string> policies{"P1", "P2"};
  const auto issued = *fixture.store().issued(policies);
  CHECK(issued[0] == Instant::from_milliseconds(5));
  CHECK_FALSE(issued[1].has_value());
}

TEST_CASE("what is not committed is not kept") {
  Fixture fixture;
  {
    auto transaction = app::Transaction::begin(fixture.store());
    REQUIRE(fixture.store().append(std::vector{fact("P1", FactKind::policy, "", "one")}).has_value());
    REQUIRE(fixture.store().put("P1", whole_rows("P1")).has_value());
  }
  CHECK(*fixture.store().newest_seq() == 0);
  CHECK(*fixture.store().derived("P1") == app::DerivedRows{});
  // The lists of clauses given out in the lost transaction must not be believed.
  fixture.commit([](app::Store& store) { return store.put("P1", whole_rows("P1")); });
  CHECK(*fixture.store().derived("P1") == whole_rows("P1"));
}

TEST_CASE("derived rows come back as they were put, and a later put replaces all of them") {
  Fixture fixture;
  fixture.commit([](app::Store& store) { return store.put("P1", whole_rows("P1")); });
  CHECK(*fixture.store().derived("P1") == whole_rows("P1"));
  app::DerivedRows refused;
  refused.refused = app::RefusedRow{.policy_no = "P1", .rule = "x.y", .en = "en", .zh = "中"};
  fixture.commit([&](app::Store& store) { return store.put("P1", refused); });
  CHECK(*fixture.store().derived("P1") == refused);
}

TEST_CASE("a policy is due by new facts, by time, by a mark, and after a refusal") {
  Fixture fixture;
  fixture.commit([](app::Store& store) {
    return store.append(std::vector{fact("P1", FactKind::policy, "", "x"), fact("P2", FactKind::policy, "", "x"),
                                    fact("P3", FactKind::policy, "", "x")});
  });
  const auto due = [&](std::int64_t derived_to, std::int64_t now) {
    auto found = *fixture.store().due(derived_to, Instant::from_milliseconds(now));
    std::sort(found.begin(), found.end());
    return found;
  };
  CHECK(due(0, 0) == std::vector<std::string>{"P1", "P2", "P3"});
  CHECK(due(2, 0) == std::vector<std::string>{"P3"});
  fixture.commit([](app::Store& store) { return store.put("P1", whole_rows("P1")); });
  CHECK(due(3, 1'999'999).empty());
  CHECK(due(3, 2'000'000) == std::vector<std::string>{"P1"});
  fixture.commit([](app::Store& store) { return store.mark("P2"); });
  CHECK(due(3, 0) == std::vector<std::string>{"P2"});
  app::DerivedRows refused;
  refused.refused = app::RefusedRow{.policy_no = "P2", .rule = "x.y", .en = "", .zh = ""};
  fixture.commit([&](app::Store& store) { return store.put("P2", refused); });
  CHECK(due(3, 0) == std::vector<std::string>{"P2"});
}

TEST_CASE("holders of one phone are counted once each") {
  Fixture fixture;
  fixture.commit([](app::Store& store) -> Result<void> {
    for (const auto& [holder, policy_no] :
         {std::pair(1, "P1"), std::pair(1, "P2"), std::pair(2, "P3"), std::pair(2, "P3")})
      SHOUYUE_CHECK(store.put_holder({.phone = 7, .holder = holder, .policy_no = policy_no}));
    return {};
  });
  CHECK(*fixture.store().count_holders(7, 100) == 2);
  CHECK(*fixture.store().count_holders(7, 1) == 1);
  CHECK(*fixture.store().count_holders(8, 100) == 0);
  CHECK(fixture.store().holders(7, 100)->size() == 3);
  fixture.commit([](app::Store& store) { return store.remove_holder({.phone = 7, .holder = 2, .policy_no = "P3"}); });
  CHECK(*fixture.store().count_holders(7, 100) == 1);
}

TEST_CASE("two seats never hold one case, and a lease ends") {
  Fixture fixture;
  const auto at = [](std::int64_t ms) { return Instant::from_milliseconds(ms); };
  const auto first = *fixture.store().claim("P1", "S1", at(0), at(100));
  REQUIRE(first.has_value());
  CHECK(first->fence == 1);
  CHECK_FALSE(fixture.store().claim("P1", "S2", at(99), at(199))->has_value());
  const auto second = *fixture.store().claim("P1", "S2", at(100), at(200));
  REQUIRE(second.has_value());
  CHECK(second->fence == 2);
  REQUIRE(fixture.store().release("P1", first->fence).has_value());  // a late release by the one who lost it
  CHECK(fixture.store().claim_of("P1")->value().seat == "S2");
  CHECK_FALSE(fixture.store().claim("P1", "S1", at(150), at(250))->has_value());
  REQUIRE(fixture.store().release("P1", second->fence).has_value());
  CHECK(fixture.store().claim("P1", "S1", at(150), at(250))->has_value());
}

TEST_CASE("the audit journal is a chain") {
  Fixture fixture;
  for (const char* action : {"import", "run"})
    fixture.commit(
        [&](app::Store& store) { return store.append_audit({.at = {}, .who = "w", .action = action, .detail = ""}); });
  std::vector<app::AuditRow> rows;
  REQUIRE(fixture.store()
              .each_audit([&](app::AuditRow& row) -> Result<void> {
                rows.push_back(row);
                return {};
              })
              .has_value());
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].prev_hash.empty());
  CHECK(rows[1].prev_hash == rows[0].hash);
  CHECK(rows[1].hash == app::audit_hash(rows[1]));
}
