#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "book_text.hpp"
#include "regime/load.hpp"

using namespace shouyue;
using namespace shouyue::regime;
using namespace shouyue::regime::fixture;

namespace {

Loaded load_layers(const std::vector<std::string>& texts) {
  std::vector<std::vector<Source>> layers;
  for (std::size_t i = 0; i < texts.size(); ++i)
    layers.push_back({{.path = std::to_string(i) + ".toml", .text = texts[i]}});
  return load(layers);
}

std::string all_of(const std::vector<Issue>& issues) {
  std::string result;
  for (const Issue& issue : issues) result += text_of(issue) + "\n";
  return result;
}

// The whole book below, `overlay` above.
Loaded over(const std::string& overlay) { return load_layers({whole_book(), heading("top", "small") + overlay}); }

std::shared_ptr<const Regime> loaded(const std::string& overlay) {
  const Loaded result = over(overlay);
  REQUIRE_MESSAGE(result.regime, all_of(result.issues));
  return result.regime;
}

const std::string floor_path = "ticket.problem.due";
std::string due(const std::string& values, const std::string& more = "") {
  return "[ticket.problem.due]\n" + titles + "values = [ " + values +
         " ]\nunit = \"days\"\ncount_from = \"next_day\"\n" + "basis = \"ticket_opened\"\n" + more;
}
std::string value(const std::string& from, int number) {
  return "{ from = " + from + ", value = " + std::to_string(number) + ", cite = \"文\" }";
}

// The rules of the issues when `law` states the floor and `overlay` stands above it.
std::vector<std::string> rules_of(const std::string& law, const std::string& overlay) {
  const std::string base = with(whole_book(), term(floor_path, "5", "ticket_opened"), law);
  REQUIRE(!base.starts_with("not found"));
  std::vector<std::string> rules;
  for (const Issue& issue : load_layers({base, heading("top", "small") + overlay}).issues) rules.push_back(issue.rule);
  return rules;
}

}  // namespace

TEST_CASE("an overlay with nothing of its own says what the book below says") {
  const auto book = loaded("");
  CHECK(book->id == "top");
  CHECK(book->extends == "small");
  CHECK(book->own_sections.empty());
  CHECK(book->followup->legs[0].start.count.clause.id == "small/followup.leg.first_call.start");
}

TEST_CASE("an overlay replaces a decision whole and leaves the others") {
  const auto book = loaded(term("followup.leg.first_call.start", "7", "effective_on"));
  const Leg& leg = book->followup->legs[0];
  CHECK(leg.start.count.values[0].value == 7);
  CHECK(leg.start.basis == std::vector{Basis::effective_on});
  CHECK(leg.start.count.clause.id == "top/followup.leg.first_call.start");
  CHECK(leg.clause.id == "small/followup.leg.first_call");
  CHECK(leg.attempts_max->clause.id == "small/followup.leg.first_call.attempts_max");
  CHECK(book->own_sections == std::vector<std::string>{"followup"});
  const Loaded half = over("[followup.leg.first_call.start]\nunit = \"months\"\n");
  CHECK(half.regime == nullptr);  // nothing of the old decision is left to complete a half-stated one
}

TEST_CASE("a table of tables is merged key by key, and the clause belongs to who states a key of it") {
  const auto book = loaded("[followup.leg.first_call]\nperformer = \"branch\"\n");
  CHECK(book->followup->legs[0].performer == Performer::branch);
  CHECK(book->followup->legs[0].order == 1);
  CHECK(book->followup->legs[0].clause.id == "top/followup.leg.first_call");
  CHECK(book->followup->legs[0].window_clause.id == "small/followup.leg.first_call.window");
}

TEST_CASE("lists with ids are merged by id") {
  const auto book = loaded("[[intake.defect]]\nid = \"wrong_digits\"\n" + clause +
                           "opens = \"intake_problem\"\n[[intake.defect]]\n" + "id = \"no_phone\"\n" + clause);
  REQUIRE(book->intake->defects.size() == 2);
  CHECK(book->intake->defects[0].id == "no_phone");
  CHECK_FALSE(book->intake->defects[0].opens);
  CHECK(book->intake->defects[0].clause.id == "top/intake.defect.no_phone");
  CHECK(book->intake->defects[1].id == "wrong_digits");
}

TEST_CASE("lists whose order is their meaning are replaced whole") {
  const auto book =
      loaded("[[outcome.rule]]\nid = \"all\"\n" + clause + "when = \"true\"\nclass = \"none\"\nsuccess = false\n" +
             "[[followup.leg.first_call.hand_over]]\nid = \"end\"\n" + clause + "when = \"true\"\n");
  CHECK(book->outcome->rules.size() == 1);
  REQUIRE(book->followup->legs[0].hand_overs.size() == 1);
  CHECK_FALSE(book->followup->legs[0].hand_overs[0].next.has_value());
}

TEST_CASE("remove drops what was inherited") {
  const auto book = loaded(
      "[receipt]\nremove = true\n[outcome.group.number]\nremove = true\n"
      "[[questionnaire.question]]\nid = \"terms\"\nremove = true\n");
  CHECK_FALSE(book->receipt.has_value());
  CHECK(book->outcome->groups.size() == 1);
  CHECK(book->questionnaire->questions.size() == 1);
  for (const char* overlay : {"[kpi.nothing]\nremove = true\n", "[[intake.defect]]\nid = \"x\"\nremove = true\n"}) {
    const Loaded nothing = over(overlay);
    REQUIRE(nothing.issues.size() == 1);
    CHECK(nothing.issues[0].rule == "regime.nothing_to_remove");
    CHECK(nothing.issues[0].file == "1.toml");
  }
}

TEST_CASE("books must be stacked as they say") {
  const Loaded wrong = load_layers({whole_book(), heading("top", "other")});
  REQUIRE(wrong.issues.size() == 1);
  CHECK(wrong.issues[0].rule == "regime.extends");
  const Loaded three = load_layers({whole_book(), heading("middle", "small"), heading("top", "middle")});
  CHECK_MESSAGE(three.regime, all_of(three.issues));
}

TEST_CASE("a statutory question stays as it is") {
  const std::string same = "[[questionnaire.question]]\nid = \"identity\"\n" + clause +
                           "text = \"是您吗？\"\ntext_en = \"Is it you?\"\nstatutory = true\nwhen = \"true\"\n";
  CHECK(over(same).regime != nullptr);
  for (const std::string& overlay :
       {with(same, "是您吗？", "是你吗？"), with(same, "when = \"true\"", "when = \"holder_age > 60\""),
        with(same, "statutory = true", "statutory = false"),
        std::string("[[questionnaire.question]]\nid = \"identity\"\nremove = true\n"),
        std::string("[questionnaire]\nremove = true\n")}) {
    CAPTURE(overlay);
    const Loaded changed = over(overlay);
    REQUIRE(changed.issues.size() == 1);
    CHECK(changed.issues[0].rule == "regime.statutory_question");
    CHECK(changed.issues[0].file == "1.toml");
    CHECK(changed.issues[0].en.find("small/questionnaire.question.identity") != std::string::npos);
  }
}

TEST_CASE("an overlay may be stricter than a floor and never looser") {
  const std::string law = due(value("2010-01-01", 15) + ", " + value("2015-01-01", 10), "floor = \"max\"\n");
  using Rules = std::vector<std::string>;
  struct Case {
    const char* what;
    std::string overlay;
    Rules expected;
  };
  const std::string exception = "exceptions = [ { when = \"subtype == 'other'\", value = 12, cite = \"文\" } ]\n";
  const Case cases[] = {
      {"the same", due(value("2010-01-01", 15) + ", " + value("2015-01-01", 10)), {}},
      {"stricter", due(value("2010-01-01", 5)), {}},
      {"as strict as the later value", due(value("2010-01-01", 10)), {}},
      {"one day more", due(value("2010-01-01", 16) + ", " + value("2015-01-01", 10)), {"regime.floor_loosened"}},
      {"does not follow the law's change", due(value("2010-01-01", 15)), {"regime.floor_loosened"}},
      {"follows it a day late",
       due(value("2010-01-01", 15) + ", " + value("2015-01-02", 10)),
       {"regime.floor_loosened"}},
      {"follows it a day early", due(value("2010-01-01", 15) + ", " + value("2014-12-31", 10)), {}},
      {"an exception above the law", due(value("2010-01-01", 5), exception), {"regime.floor_loosened"}},
      {"another unit",
       with(due(value("2010-01-01", 5)), "\"days\"", "\"working_days\""),
       {"regime.floor_not_comparable"}},
      {"another first day", with(due(value("2010-01-01", 5)), "next_day", "same_day"), {"regime.floor_not_comparable"}},
      {"another basis",
       with(due(value("2010-01-01", 5)), "ticket_opened", "issued_on"),
       {"regime.floor_not_comparable"}},
      {"removed", "[ticket.problem.due]\nremove = true\n", {"regime.floor_removed", "regime.missing_key"}},
  };
  for (const Case& item : cases) {
    CAPTURE(std::string(item.what));
    Rules rules = rules_of(law, item.overlay);
    std::sort(rules.begin(), rules.end());
    CHECK(rules == item.expected);
  }
}

TEST_CASE("a floor from below, a floor with exceptions, and the message that names both clauses") {
  const std::string at_least = due(value("2010-01-01", 3), "floor = \"min\"\n");
  CHECK(rules_of(at_least, due(value("2010-01-01", 4))).empty());
  CHECK(rules_of(at_least, due(value("2010-01-01", 2))) == std::vector<std::string>{"regime.floor_loosened"});
  const std::string strict_exception = "exceptions = [ { when = \"subtype == 'other'\", value = 4, cite = \"文\" } ]\n";
  const std::string law = due(value("2010-01-01", 10), "floor = \"max\"\n" + strict_exception);
  CHECK(rules_of(law, due(value("2010-01-01", 9), strict_exception)).empty());
  CHECK(rules_of(law, due(value("2010-01-01", 4))).empty());
  CHECK(rules_of(law, due(value("2010-01-01", 9))) == std::vector<std::string>{"regime.floor_loosened"});
  const std::string base = with(whole_book(), term(floor_path, "5", "ticket_opened"), law);
  const Loaded loosened = load_layers({base, heading("top", "small") + due(value("2010-01-01", 11), strict_exception)});
  REQUIRE(loosened.issues.size() == 1);
  CHECK(loosened.issues[0].file == "1.toml");
  CHECK(loosened.issues[0].en.find("top/ticket.problem.due says 11, but small/ticket.problem.due (0.toml:") !=
        std::string::npos);
  CHECK(loosened.issues[0].en.find("at most 10") != std::string::npos);
}

TEST_CASE("a floor holds through a layer that is silent and one that is stricter") {
  const std::string base =
      with(whole_book(), term(floor_path, "5", "ticket_opened"), due(value("2010-01-01", 15), "floor = \"max\"\n"));
  const auto rules = [&](const std::string& middle, const std::string& top) {
    std::size_t count = 0;
    for (const Issue& issue :
         load_layers({base, heading("middle", "small") + middle, heading("top", "middle") + top}).issues)
      count += issue.rule == "regime.floor_loosened";
    return count;
  };
  CHECK(rules("", due(value("2010-01-01", 16))) == 1);
  CHECK(rules(due(value("2010-01-01", 5)), due(value("2010-01-01", 15))) == 0);
  CHECK(rules(due(value("2010-01-01", 5)), due(value("2010-01-01", 16))) == 1);
}
