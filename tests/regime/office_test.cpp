// What a rule book says for the office: order of tickets, answers, reviews, receipts, letters, reports, crosswalks.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "book_text.hpp"
#include "regime/crosswalk.hpp"
#include "regime/load.hpp"
#include "regime/placeholders.hpp"

using namespace shouyue;
using namespace shouyue::regime;
using namespace shouyue::regime::fixture;

namespace {

std::string office() {
  return "[[ticket.problem.reply]]\nid = \"training\"\n" + clause +
         "when = \"subtype == 'proxy_signature'\"\ntext = \"已安排培训\"\ntext_en = \"Training arranged\"\n" +
         "[ticket.problem.results]\n" + clause + "words = [\"explained\", \"signed_again\"]\n" +
         "[ticket.problem.first_review]\n" + clause + "by = \"city\"\n" + "[[ticket_order]]\nid = \"urgent\"\n" +
         clause + "when = \"months_since_opened == 1 and subtype == 'other'\"\n[[ticket_order]]\nid = \"others\"\n" +
         clause + "when = \"true\"\n" + "[receipt.electronic_needs_paper]\n" + clause + "[receipt.preferred_visit]\n" +
         clause + "[[letter]]\nid = \"universal\"\n" + clause +
         "when = \"product_type == 'universal'\"\nopening = [\"{holder_name}：\", \"您好。\"]\nclosing = \"谢谢。\"\n" +
         count("report.monthly_statistics", "5") + "[crosswalk.large]\n" + clause +
         "[crosswalk.large.reason_group]\ntemporary = \"away\"\n[crosswalk.large.ticket]\nproblem = \"problem\"\n"
         "\"problem/other\" = \"problem/unclear\"\n[crosswalk.large.result_class]\nstandard = \"standard\"\n";
}

std::string book_text() { return whole_book() + office(); }

std::string large_book() {
  std::string text = heading("large") + followup() + tickets() + outcome();
  text = with(text, "[outcome.group.temporary]", "[outcome.group.away]");
  text = with(text, "reason_group == 'temporary'", "reason_group == 'away'");
  text = with(text, "[outcome.group.number]", "[outcome.group.dead]");
  return with(text, "id = \"other\"\n", "id = \"unclear\"\n");
}

Loaded load_text(const std::string& text) { return load({{{.path = "small.toml", .text = text}}}); }

std::shared_ptr<const Regime> book(const std::string& text) {
  const Loaded loaded = load_text(text);
  REQUIRE_MESSAGE(loaded.regime, (loaded.issues.empty() ? "" : text_of(loaded.issues[0])));
  return loaded.regime;
}

std::string rows_text(const std::vector<CrosswalkRow>& rows) {
  std::string text;
  for (const CrosswalkRow& row : rows) text += row.list + " " + row.here + ">" + row.there + "\n";
  return text;
}

}  // namespace

TEST_CASE("what a book says for the office is read") {
  const auto read = book(book_text());
  const TicketRule& problem = read->tickets.at(insurer::TicketKind::problem);
  REQUIRE(problem.replies.size() == 1);
  CHECK(problem.replies[0].text_en == "Training arranged");
  CHECK(problem.replies[0].clause.id == "small/ticket.problem.reply.training");
  CHECK(problem.results->words == std::vector{insurer::TicketResult::explained, insurer::TicketResult::signed_again});
  CHECK(problem.first_review->by == insurer::Level::city);
  CHECK_FALSE(read->tickets.at(insurer::TicketKind::verification).results);
  REQUIRE(read->ticket_order.size() == 2);
  CHECK(read->ticket_order[0].clause.id == "small/ticket_order.urgent");
  CHECK(read->receipt->electronic_needs_paper->id == "small/receipt.electronic_needs_paper");
  CHECK(read->receipt->preferred_visit);
  CHECK(read->letters[0].opening.size() == 2);
  CHECK(read->letters[0].closing == std::vector<std::string>{"谢谢。"});
  CHECK(read->reports[0].name == "monthly_statistics");
  CHECK(read->reports[0].due_day.values[0].value == 5);
  CHECK(read->crosswalks[0].clause.id == "small/crosswalk.large");
  CHECK(read->intake->defects[0].when.text() == "true");
}

TEST_CASE("each of it is a clause and listed") {
  const auto read = book(book_text());
  std::vector<std::string> stated, known;
  for (const Statement& statement : read->statements)
    if (!statement.clause.title.empty()) stated.push_back(statement.clause.id);
  for (const Clause* clause : read->clauses) known.push_back(clause->id);
  std::ranges::sort(stated);
  CHECK(stated == known);
}

TEST_CASE("a mistake in it is refused") {
  const struct {
    std::string from, to, rule;
  } cases[] = {
      {"text_en = \"Training arranged\"\n", "", "regime.missing_key"},
      {"when = \"subtype == 'proxy_signature'\"", "when = \"subtype == 'proxy'\"", "regime.condition.unknown_word"},
      {"\"signed_again\"]", "\"signed_agin\"]", "regime.unknown_word"},
      {"by = \"city\"", "by = \"town\"", "regime.unknown_word"},
      {"when = \"product_type ==", "when = \"type ==", "regime.condition.unknown_name"},
      {"id = \"others\"\n", "id = \"urgent\"\n", "regime.duplicate_id"},
      {"{holder_name}：", "{holder}：", "regime.unknown_placeholder"},
      {"closing = \"谢谢。\"\n", "", "regime.missing_key"},
      {"[crosswalk.large.reason_group]\ntemporary", "[crosswalk.large.reason_group]\ntempory", "regime.crosswalk_word"},
      {"\"problem/other\"", "\"problem/others\"", "regime.crosswalk_word"},
      {"[crosswalk.large.result_class]\nstandard", "[crosswalk.large.result_class]\nsubstandard",
       "regime.crosswalk_word"},
      {"[crosswalk.large.ticket]", "[crosswalk.large.tickets]", "regime.unknown_key"},
      {"id = \"no_phone\"", "id = \"no_fone\"", "regime.unknown_word"},
      {"opens = \"intake_problem\"\n", "opens = \"intake_problem\"\nwhen = \"channels == 'agency'\"\n",
       "regime.condition.unknown_name"},
      {"text_en = \"Is it you?\"\n", "text_en = \"Is it you?\"\nexplain = \"本人\"\n", "regime.missing_key"},
      {"text_en = \"Is it you?\"\n", "text_en = \"Is it you?\"\nexplain_en = \"In person\"\n", "regime.unknown_key"},
  };
  for (const auto& mistake : cases) {
    CAPTURE(mistake.to);
    const Loaded loaded = load_text(with(book_text(), mistake.from, mistake.to));
    for (const Issue& issue : loaded.issues) CHECK_MESSAGE(issue.rule == mistake.rule, text_of(issue));
    CHECK_FALSE(loaded.regime);
  }
}

TEST_CASE("an order without a last entry that always holds is refused") {
  const std::string text = with(book_text(), "id = \"others\"\n" + clause + "when = \"true\"",
                                "id = \"others\"\n" + clause + "when = \"days_left < 0\"");
  const Loaded loaded = load_text(text);
  REQUIRE(loaded.issues.size() == 1);
  CHECK(loaded.issues[0].rule == "regime.no_catch_all");
}

TEST_CASE("a report is due on a day that every month has") {
  for (const auto& [day, loads] : {std::pair{"0", false}, {"1", true}, {"28", true}, {"29", false}}) {
    CAPTURE(day);
    const std::string text = heading() + count("report.monthly_statistics", day);
    const Loaded loaded = load_text(text);
    CHECK((loaded.regime != nullptr) == loads);
    if (!loads) CHECK(loaded.issues[0].rule == "regime.out_of_range");
  }
}

TEST_CASE("an overlay replaces the order of tickets as a whole") {
  const std::string over =
      heading("over", "small") + "[[ticket_order]]\nid = \"only\"\n" + clause + "when = \"true\"\n";
  const Loaded loaded = load({{{.path = "small.toml", .text = book_text()}}, {{.path = "over.toml", .text = over}}});
  REQUIRE(loaded.regime);
  REQUIRE(loaded.regime->ticket_order.size() == 1);
  CHECK(loaded.regime->ticket_order[0].clause.id == "over/ticket_order.only");
}

TEST_CASE("a crosswalk gives the other book's words and shows the gaps of both") {
  const auto small = book(book_text()), large = book(large_book());
  const Crosswalk* crosswalk = find_crosswalk(*small, "large");
  REQUIRE(crosswalk);
  CHECK(find_crosswalk(*small, "larger") == nullptr);
  CHECK(counterpart(*crosswalk, "ticket", "problem/other") == "problem/unclear");
  CHECK(counterpart(*crosswalk, "ticket", "problem/proxy_signature") == "problem");
  CHECK(counterpart(*crosswalk, "ticket", "verification") == std::nullopt);
  std::vector<Issue> issues;
  check_counterparts(*crosswalk, *large, issues);
  CHECK(issues.empty());
  CHECK(rows_text(crosswalk_rows(*small, *crosswalk, *large)) ==
        "reason_group number>\n"
        "reason_group temporary>away\n"
        "reason_group >dead\n"
        "ticket verification>\n"
        "ticket problem>problem\n"
        "ticket problem/proxy_signature>problem\n"
        "ticket problem/other>problem/unclear\n"
        "ticket intake_problem>\n"
        "ticket >verification\n"
        "ticket >intake_problem\n"
        "result_class verification>\n"
        "result_class standard>standard\n"
        "result_class >verification\n");
}

TEST_CASE("a counterpart that the other book lacks is found") {
  const auto small = book(with(book_text(), "temporary = \"away\"", "temporary = \"a_way\""));
  std::vector<Issue> issues;
  check_counterparts(small->crosswalks[0], *book(large_book()), issues);
  REQUIRE(issues.size() == 1);
  CHECK(issues[0].rule == "regime.crosswalk_word");
  CHECK(issues[0].en.find("did you mean away") != std::string::npos);
}

TEST_CASE("blanks are filled in, others stay") {
  CHECK(filled("{holder_name}：保单{policy_no}。", {{"holder_name", "张三"}, {"policy_no", "P1"}}) == "张三：保单P1。");
  CHECK(filled("{today} {", {}) == "{today} {");
  CHECK(unknown_placeholders("{today}{tomorrow} {holder_name} {") == std::vector<std::string>{"tomorrow"});
}
