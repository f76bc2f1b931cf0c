#include "regime/show.hpp"

#include <string>

#include <doctest/doctest.h>

#include "book_text.hpp"
#include "regime/load.hpp"

using namespace shouyue;
using namespace shouyue::regime;
using namespace shouyue::regime::fixture;

namespace {

std::shared_ptr<const Regime> book(const std::string& text) {
  const Loaded loaded = load({{{.path = "small.toml", .text = text}}});
  REQUIRE_MESSAGE(loaded.regime, (loaded.issues.empty() ? "" : text_of(loaded.issues[0])));
  return loaded.regime;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string start = "[followup.leg.first_call.start]\n" + titles;
const std::string assumed = "status = \"assumed\"\nnote = \"the day is lost\"\n";

}  // namespace

TEST_CASE("a listing shows values, dates, citations and open points in both languages") {
  const auto regime = book(with(whole_book(), start, start + assumed));
  const std::string english = show(*regime, Language::en), chinese = show(*regime, Language::zh);
  CHECK(english.starts_with("small  Small\n"));
  CHECK(has(english, "binds from: 2010-01-01"));
  CHECK(has(english, "small/followup.leg.first_call.start  A  (assumed)\n    2010-01-01: 2  [文]\n"));
  CHECK(has(english, "    basis = issued_on\n"));
  CHECK(has(english, "small/outcome.group.temporary  A\n    members = no_answer, busy\n    [文 1]\n"));
  CHECK(has(english, "    pieces = x ≥ 0: -1x + 10\n"));
  CHECK(has(english, "Open points (assumed): 1\nsmall/followup.leg.first_call.start  small.toml:"));
  CHECK(has(english, "    the day is lost\n"));
  CHECK(has(chinese, "small/followup.leg.first_call.start  甲（假定）\n"));
  CHECK(has(chinese, "未决事项（假定）：1\n"));
}

TEST_CASE("a comparison names what was changed, added and removed") {
  const auto before = book(whole_book());
  CHECK(diff(*before, *before).empty());
  CHECK(diff(*before, *book(with(whole_book(), "文 1", "文 2"))).empty());
  CHECK(diff(*before, *book(with(whole_book(), "value = 2,", "value = 3,"))) ==
        "~ followup.leg.first_call.start  A\n    - 2010-01-01: 2\n    + 2010-01-01: 3\n");
  const std::string added = count("followup.person_per_day_max", "3");
  const auto more = book(with(whole_book(), "[followup.leg.branch_call]\n", added + "[followup.leg.branch_call]\n"));
  CHECK(diff(*before, *more) == "+ followup.person_per_day_max  A\n    + 2010-01-01: 3\n");
  CHECK(diff(*more, *before) == "- followup.person_per_day_max  A\n    - 2010-01-01: 3\n");
}

TEST_CASE("a sentence says what decided and where it is written") {
  const auto regime = book(with(whole_book(), start, start + assumed));
  const Clause& clause_of_start = regime->followup->legs[0].start.count.clause;
  CHECK(sentence(clause_of_start, "2 days", "page 3", Language::en) ==
        "A: 2 days [small/followup.leg.first_call.start · page 3] (assumed: the day is lost)");
  CHECK(sentence(regime->followup->scope_clause, "", "", Language::zh) == "甲 [small/followup.scope · 文 1]");
}
