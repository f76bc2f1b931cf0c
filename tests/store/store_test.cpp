#include <algorithm>
#include <limits>

#include "engines.hpp"

using namespace shouyue;
using app::FactKey;
using app::NewFact;
using insurer::FactKind;

// What every engine must do, the same cases for each.
namespace {

NewFact fact(const char* policy_no, FactKind kind, const char* key, const char* body, const char* personal = "") {
  return {.key = {.kind = kind, .policy_no = policy_no, .key = key},
          .at = Instant::from_milliseconds(5),
          .text = {body, personal}};
}

Result<void> put(app::Store& store, const std::string& policy_no, const app::DerivedRows& rows) {
  const app::DerivedPolicy derived{.policy_no = policy_no, .rows = rows};
  SHOUYUE_CHECK(store.put(std::span(&derived, 1)));
  return store.unmark(std::span(&policy_no, 1));
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

TEST_CASE_TEMPLATE("a schema is made once, and a program without it is refused", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  CHECK_FALSE(*fixture.store().migrate());
  CHECK(fixture.store().require_schema().has_value());
}

TEST_CASE_TEMPLATE("facts are kept in the order in which they became known, every version", Engine, Sqlite,
                   Postgresql) {
  Fixture<Engine> fixture;
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

TEST_CASE_TEMPLATE("what is not committed is not kept", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  {
    auto transaction = app::Transaction::begin(fixture.store());
    REQUIRE(fixture.store().append(std::vector{fact("P1", FactKind::policy, "", "one")}).has_value());
    REQUIRE(put(fixture.store(), "P1", whole_rows("P1")).has_value());
  }
  CHECK(*fixture.store().newest_seq() == 0);
  CHECK(*fixture.store().derived("P1") == app::DerivedRows{});
  // The lists of clauses given out in the lost transaction must not be believed.
  fixture.commit([](app::Store& store) { return put(store, "P1", whole_rows("P1")); });
  CHECK(*fixture.store().derived("P1") == whole_rows("P1"));
}

TEST_CASE_TEMPLATE("derived rows come back as they were put, and a later put replaces all of them", Engine, Sqlite,
                   Postgresql) {
  Fixture<Engine> fixture;
  fixture.commit([](app::Store& store) { return put(store, "P1", whole_rows("P1")); });
  CHECK(*fixture.store().derived("P1") == whole_rows("P1"));
  app::DerivedRows refused;
  refused.refused = app::RefusedRow{.policy_no = "P1", .rule = "x.y", .en = "en", .zh = "中"};
  fixture.commit([&](app::Store& store) { return put(store, "P1", refused); });
  CHECK(*fixture.store().derived("P1") == refused);
}

TEST_CASE_TEMPLATE("a policy is due by new facts, by time, by a mark, and after a refusal", Engine, Sqlite,
                   Postgresql) {
  Fixture<Engine> fixture;
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
  fixture.commit([](app::Store& store) { return put(store, "P1", whole_rows("P1")); });
  CHECK(due(3, 1'999'999).empty());
  CHECK(due(3, 2'000'000) == std::vector<std::string>{"P1"});
  fixture.commit([](app::Store& store) { return store.mark(std::vector<std::string>{"P2"}); });
  CHECK(due(3, 0) == std::vector<std::string>{"P2"});
  app::DerivedRows refused;
  refused.refused = app::RefusedRow{.policy_no = "P2", .rule = "x.y", .en = "", .zh = ""};
  fixture.commit([&](app::Store& store) { return put(store, "P2", refused); });
  CHECK(due(3, 0) == std::vector<std::string>{"P2"});
}

TEST_CASE_TEMPLATE("holders of one phone are counted once each", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  const std::vector<app::PhoneHolder> holders{
      {7, 1, "P1"}, {7, 1, "P2"}, {7, 2, "P3"}, {7, std::numeric_limits<std::int64_t>::min(), "P4"}};
  fixture.commit([&](app::Store& store) { return store.put_holders(holders); });
  CHECK(*fixture.store().count_holders(7, 100) == 3);
  CHECK(*fixture.store().count_holders(7, 1) == 1);
  CHECK(*fixture.store().count_holders(8, 100) == 0);
  CHECK(fixture.store().holders(7, 100)->size() == 4);
  CHECK(*fixture.store().count_holders_of_each(std::vector<std::int64_t>{8, 7}, 100) == std::vector<int>{0, 3});
  fixture.commit([&](app::Store& store) { return store.remove_holders(std::span(holders).subspan(2)); });
  CHECK(*fixture.store().count_holders(7, 100) == 1);
}

TEST_CASE_TEMPLATE("two seats never hold one case, and a lease ends", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
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
  CHECK_FALSE(*fixture.store().renew("P1", first->fence, at(150), at(400)));
  CHECK(*fixture.store().renew("P1", second->fence, at(199), at(300)));
  CHECK(fixture.store().claim_of("P1")->value().lease_until == at(300));
  CHECK_FALSE(*fixture.store().renew("P1", second->fence, at(300), at(400)));
  CHECK_FALSE(fixture.store().claim("P1", "S1", at(299), at(399))->has_value());
  REQUIRE(fixture.store().release("P1", second->fence).has_value());
  CHECK_FALSE(*fixture.store().renew("P1", second->fence, at(150), at(250)));
  CHECK(fixture.store().claim("P1", "S1", at(150), at(250))->has_value());
}

TEST_CASE_TEMPLATE("what lies on the desks of the seats, the longest held first", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  const auto held = [](const char* seat, const char* policy_no, std::int64_t fence, std::int64_t ms) {
    return app::HeldCase{seat, policy_no, fence, Instant::from_milliseconds(ms)};
  };
  fixture.commit([&](app::Store& store) -> Result<void> {
    for (const auto& kase : {held("S1", "P1", 1, 20), held("S1", "P2", 1, 10), held("S2", "P3", 1, 15)})
      SHOUYUE_CHECK(store.put_held(kase));
    return {};
  });
  const auto numbers = [](const std::vector<app::HeldCase>& cases) {
    std::string text;
    for (const app::HeldCase& kase : cases) text += kase.seat + kase.policy_no + " ";
    return text;
  };
  CHECK(numbers(*fixture.store().held_by("S1")) == "S1P2 S1P1 ");
  CHECK(numbers(*fixture.store().all_held()) == "S1P2 S2P3 S1P1 ");
  fixture.commit([&](app::Store& store) -> Result<void> {
    SHOUYUE_CHECK(store.remove_held("S1", "P2", 2));  // by one who had it before
    return store.put_held(held("S2", "P3", 2, 30));   // the same case again, with another fence
  });
  CHECK(numbers(*fixture.store().all_held()) == "S1P2 S1P1 S2P3 ");
  fixture.commit([&](app::Store& store) { return store.remove_held("S2", "P3", 2); });
  CHECK(fixture.store().held_by("S2")->empty());
}

TEST_CASE_TEMPLATE("of many cases a seat gets those that nobody else holds", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  const auto at = [](std::int64_t ms) { return Instant::from_milliseconds(ms); };
  const auto fences = [&](const std::string& seat, Instant now, std::vector<std::string> policies) {
    const auto claims = fixture.store().claim_each(policies, seat, now, at(now.milliseconds() + 100));
    REQUIRE(claims.has_value());
    REQUIRE(claims->size() == policies.size());
    std::vector<std::int64_t> found;
    for (std::size_t i = 0; i < policies.size(); ++i) {
      const auto& claim = (*claims)[i];
      found.push_back(claim ? claim->fence : 0);
      if (!claim) continue;
      CHECK(claim->policy_no == policies[i]);
      CHECK(claim->seat == seat);
      CHECK(fixture.store().claim_of(policies[i])->value().lease_until == at(now.milliseconds() + 100));
    }
    return found;
  };
  using Fences = std::vector<std::int64_t>;
  CHECK(fences("S1", at(0), {}) == Fences{});
  CHECK(fences("S1", at(0), {"P3", "P1", "P2"}) == Fences{1, 1, 1});
  CHECK(fences("S2", at(99), {"P9", "P2", "P0", "P3"}) == Fences{1, 0, 1, 0});
  CHECK(fences("S1", at(99), {"P2", "P9"}) == Fences{2, 0});  // its own case once more
  CHECK(fences("S2", at(100), {"P1", "P2", "P3"}) == Fences{2, 0, 2});
  CHECK(fixture.store().claim_of("P2")->value().seat == "S1");
}

TEST_CASE_TEMPLATE("the audit journal is a chain", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
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

TEST_CASE_TEMPLATE("texts and integers of every kind come back as they were", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  const std::string long_text(100'000, 'x');
  const std::vector<NewFact> facts{fact("保单1", FactKind::policy, "键", "\t\\N'\"{}$1\n", "𠀀某"),
                                   fact("P2", FactKind::policy, "", long_text.c_str())};
  fixture.commit([&](app::Store& store) { return store.append(facts); });
  const std::vector<FactKey> keys{facts[0].key, facts[1].key};
  const auto newest = *fixture.store().newest(keys);
  CHECK(newest[0]->body == facts[0].text.body);
  CHECK(newest[0]->personal == facts[0].text.personal);
  CHECK(newest[1]->body == long_text);
  app::DerivedRows rows = whole_rows("P2");
  rows.kase->rules = long_text;
  rows.commission->payable = Money::fen(std::numeric_limits<std::int64_t>::max());
  fixture.commit([&](app::Store& store) { return put(store, "P2", rows); });
  CHECK(*fixture.store().derived("P2") == rows);
}

TEST_CASE_TEMPLATE("texts sort as bytes and what is missing sorts last", Engine, Sqlite, Postgresql) {
  Fixture<Engine> fixture;
  const std::vector<std::string> in_order{"", "A", "B", "a", "a-b", "a_b", "ab", "é", "一", "保", "𠀀"};
  fixture.commit([&](app::Store& store) -> Result<void> {
    for (auto number = in_order.rbegin(); number != in_order.rend(); ++number) {
      app::DerivedRows rows = whole_rows(*number);
      if (*number == "B") rows.kase->deadline.reset();
      SHOUYUE_CHECK(put(store, *number, rows));
      SHOUYUE_CHECK(store.append(std::vector{fact(number->c_str(), FactKind::policy, "", "x")}));
    }
    return {};
  });
  std::vector<std::string> found;
  const auto keep = [&found](auto& row) -> Result<void> {
    if constexpr (std::is_same_v<std::decay_t<decltype(row)>, std::string>)
      found.push_back(row);
    else
      found.push_back(row.policy_no);
    return {};
  };
  REQUIRE(fixture.store().each_case(keep).has_value());
  CHECK(found == in_order);
  found.clear();
  REQUIRE(fixture.store().each_policy_by_number(keep).has_value());
  CHECK(found == in_order);
  found.clear();
  REQUIRE(fixture.store().each_callable(Instant::from_milliseconds(1'000'000), keep).has_value());
  CHECK(found.back() == "B");
  CHECK(found.size() == in_order.size());
}

TEST_CASE_TEMPLATE("while rows are read, other questions may be asked, and reading may end early", Engine, Sqlite,
                   Postgresql) {
  Fixture<Engine> fixture;
  const int count = 6000;  // more than one portion
  std::vector<app::DerivedPolicy> policies;
  for (int n = 0; n < count; ++n) {
    const std::string policy_no = "P" + std::to_string(100'000 + n);
    policies.push_back({policy_no, whole_rows(policy_no)});
  }
  fixture.commit([&](app::Store& store) { return store.put(policies); });
  int seen = 0;
  REQUIRE(fixture.store()
              .each_case([&](app::CaseRow& row) -> Result<void> {
                if (seen++ % 1000 == 0) CHECK(fixture.store().derived(row.policy_no)->kase == row);
                return {};
              })
              .has_value());
  CHECK(seen == count);
  const auto stop = [](app::CaseRow&) -> Result<void> { return refuse(Errc::conflict, "test.enough", "", ""); };
  CHECK(fixture.store().each_case(stop).error().rule == "test.enough");
  fixture.commit([&](app::Store& store) { return store.put(std::span(policies).first(10)); });
}

TEST_CASE_TEMPLATE("a writer waits for another one; claims wait for nobody where the engine allows it", Engine, Sqlite,
                   Postgresql) {
  Fixture<Engine> fixture;
  const auto other = fixture.open();
  const auto at = [](std::int64_t ms) { return Instant::from_milliseconds(ms); };
  {
    auto writing = app::Transaction::begin(fixture.store());
    REQUIRE(writing.has_value());
    CHECK(app::Transaction::begin(*other).error().rule == "store.locked");
    if (Engine::claims_beside_writers) {
      auto claiming = app::Transaction::begin_claims(*other);
      REQUIRE(claiming.has_value());
      CHECK(other->claim("P1", "S1", at(0), at(9))->has_value());
      REQUIRE(claiming->commit().has_value());
    }
  }
  CHECK(app::Transaction::begin(*other).has_value());
}

TEST_CASE_TEMPLATE("a second connection sees what the first committed, and nothing before", Engine, Sqlite,
                   Postgresql) {
  Fixture<Engine> fixture;
  const auto other = fixture.store().connect_again();
  REQUIRE(other.has_value());
  {
    auto writing = app::Transaction::begin(fixture.store());
    REQUIRE(fixture.store().set_meta("a", "b").has_value());
    CHECK_FALSE((*other)->meta("a")->has_value());
    REQUIRE(writing->commit().has_value());
  }
  CHECK((*other)->meta("a")->value() == "b");
}
