// What seats and backtests ask of a store, the same for each engine.
#include "engines.hpp"

using namespace shouyue;

namespace {

const Instant nine = Instant::parse("2021-10-08T09:00:00").value();
const Date today = nine.date();

Result<void> put_case(app::Store& store, const std::string& policy_no, std::int64_t person, int calls_today) {
  app::CaseRow row;
  row.policy_no = policy_no;
  row.person = person;
  if (calls_today > 0) row.attempts_day = today;
  row.attempts_that_day = calls_today;
  app::DerivedPolicy derived{.policy_no = policy_no, .rows = {}};
  derived.rows.kase = row;
  return store.put(std::span(&derived, 1));
}

app::NewFact issued(const std::string& policy_no, Date day) {
  return {.key = {.kind = insurer::FactKind::policy, .policy_no = policy_no, .key = ""},
          .at = Instant::start_of(day),
          .text = {.body = day.text(), .personal = ""}};
}

}  // namespace

TEST_CASE_TEMPLATE("calls to a person: those made that day and those that others have taken", Engine, Sqlite,
                   Postgresql) {
  Engine engine;
  const auto store = store::open(engine.url(), app::Access::create).value();
  REQUIRE(store->migrate());
  auto transaction = app::Transaction::begin(*store).value();
  REQUIRE(put_case(*store, "A", 7, 2));
  REQUIRE(put_case(*store, "B", 7, 0));
  REQUIRE(put_case(*store, "C", 8, 1));
  const auto contacts_at = [&](Date day, Instant now, std::vector<std::string> except) {
    return store->contacts_of(7, day, now, except).value().all();
  };
  const auto contacts = [&](std::vector<std::string> except) { return contacts_at(today, nine, std::move(except)); };
  CHECK(contacts({"B"}) == 2);
  REQUIRE(store->claim("B", "S1", nine, nine.plus_seconds(60)));
  REQUIRE(store->claim("C", "S1", nine, nine.plus_seconds(60)));
  CHECK(contacts({"A"}) == 3);
  CHECK(contacts({}) == 3);
  CHECK(contacts({"B"}) == 2);
  CHECK(contacts({"A", "B"}) == 2);
  CHECK(contacts_at(today, nine.plus_seconds(59), {"A"}) == 3);
  CHECK(contacts_at(today, nine.plus_seconds(60), {"A"}) == 2);
  CHECK(contacts_at(today + 1, nine, {"A"}) == 1);
  REQUIRE(transaction.commit());
}

TEST_CASE_TEMPLATE("policies by the day of issue that any version says", Engine, Sqlite, Postgresql) {
  Engine engine;
  const auto store = store::open(engine.url(), app::Access::create).value();
  REQUIRE(store->migrate());
  auto transaction = app::Transaction::begin(*store).value();
  const std::vector<app::NewFact> facts{issued("A", today), issued("B", today + 1), issued("B", today + 5)};
  REQUIRE(store->append(facts));
  REQUIRE(transaction.commit());
  const auto found = [&](const std::string& policy_no, Date from, Date to) {
    return store->issued_in(app::bucket_of(policy_no), from, to) == std::vector{policy_no};
  };
  CHECK(found("A", today, today));
  CHECK_FALSE(found("A", today - 5, today - 1));
  CHECK_FALSE(found("A", today + 1, today + 9));
  CHECK(found("B", today + 1, today + 1));
  CHECK(found("B", today + 2, today + 5));
  CHECK_FALSE(found("B", today + 2, today + 4));
}
