// A derived state may be kept until `wake_at`: at any moment before it, deriving again gives the same rows.
// Tried on the facts of every case of every shipped rule book, at random moments (seed printed).
#include <filesystem>

#include <doctest/doctest.h>
#include <toml++/toml.h>

#include "app/case_facts.hpp"
#include "app/flatten.hpp"
#include "app/rule_book_files.hpp"

using namespace shouyue;

namespace {

struct Random {
  std::uint64_t state;
  std::uint64_t next() {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
  }
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n)); }
};

app::DerivedRows rows_at(const app::LoadedPolicy& policy, Instant at) {
  const auto state = app::PolicyDeriver::derive(policy, at);
  if (!state) return app::refused_rows(policy.policy_no, state.error());
  auto rows = app::flatten(policy, *state);
  REQUIRE(rows.has_value());
  return *rows;
}

void check_until_wake(const app::CaseFacts& facts, const regime::RuleBooks& books,
                      const calendar::WorkingCalendar& calendar, Random& random) {
  const app::LoadedPolicy policy{.policy_no = facts.policy_no,
                                 .versions = facts.versions,
                                 .surroundings = facts.surroundings,
                                 .books = &books,
                                 .calendar = &calendar,
                                 .settlements = &facts.settlements};
  const Date issued = facts.versions.policies[0].issued_on;
  const Instant end = Instant::start_of(issued + 120);
  Instant at = Instant::start_of(issued - 2);
  for (int step = 0; step < 60 && at < end; ++step) {
    const app::DerivedRows before = rows_at(policy, at);
    if (!before.kase) return;  // refused, and refused it stays
    const Instant until = before.kase->wake_at.value_or(end);
    CHECK_MESSAGE(until > at, "wakes at " << until.text() << ", not after " << at.text());
    if (until <= at) return;
    for (int probe = 0; probe < 3; ++probe) {
      const auto span = until.milliseconds() - at.milliseconds();
      const Instant between =
          probe == 0 ? until.just_before() : Instant::from_milliseconds(at.milliseconds() + random.below(span));
      CHECK_MESSAGE(rows_at(policy, between) == before,
                    "differs at " << between.text() << " from " << at.text() << ", wake " << until.text());
    }
    at = until;
  }
}

}  // namespace

TEST_CASE("nothing changes before wake_at") {
  Random random{20211008};
  MESSAGE("seed 20211008");
  const auto calendar = app::load_calendar({.shipped = SHOUYUE_SOURCE_DIR}).value();
  int tried = 0;
  const std::vector<std::string> ids = app::rule_book_ids({.shipped = SHOUYUE_SOURCE_DIR}).value();
  for (const std::string& id : ids) {
    const auto book = app::load_rule_book({.shipped = SHOUYUE_SOURCE_DIR}, id).value();
    const auto books = regime::combine({book}).value();
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(SHOUYUE_SOURCE_DIR) + "/regimes/" + id + "/cases")) {
      const toml::table file = toml::parse_file(entry.path().string());
      const auto* cases = file["case"].as_array();
      for (std::size_t i = 0; cases && i < cases->size(); ++i) {
        const auto& table = *(*cases)[i].as_table();
        INFO(id << ": " << table["name"].value_or(std::string()));
        const auto facts = app::read_case_facts(table, books);
        REQUIRE(facts.has_value());
        check_until_wake(*facts, books, calendar, random);
        ++tried;
      }
    }
  }
  CHECK(tried > 80);
}
