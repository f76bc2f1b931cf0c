#include "regime/load.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "book_text.hpp"
#include "regime/vocabulary.hpp"

using namespace shouyue;
using namespace shouyue::regime;
using namespace shouyue::regime::fixture;

namespace {

Loaded load_text(const std::string& text) { return load({{{.path = "small.toml", .text = text}}}); }

std::string all_of(const std::vector<Issue>& issues) {
  std::string result;
  for (const Issue& issue : issues) result += text_of(issue) + "\n";
  return result;
}

// The branch call as a leg that proves a visit.
std::string reality_check(const std::string& leg) {
  return "[followup.leg.branch_call.proves]\n" + clause + "legs = [\"" + leg + "\"]\nwhen = \"true\"\n";
}

// Problem tickets that ask for a second visit.
std::string second_visit(const std::string& leg) { return "[ticket.problem]\nsecond_visit = \"" + leg + "\"\n"; }

}  // namespace

TEST_CASE("a whole book loads") {
  const Loaded loaded = load_text(whole_book());
  REQUIRE_MESSAGE(loaded.regime, all_of(loaded.issues));
  const Regime& book = *loaded.regime;
  CHECK(book.id == "small");
  CHECK(book.version.size() == 64);
  CHECK(book.own_sections.size() == 9);
  CHECK(book.followup->legs.size() == 2);
  CHECK(book.followup->find(insurer::Leg::branch_call)->order == 2);
  CHECK(book.followup->find(insurer::Leg::letter) == nullptr);
  CHECK(book.followup->legs[0].window->periods().size() == 2);
  CHECK(book.outcome->groups.size() == 2);
  CHECK(book.outcome->groups[book.outcome->group_of(insurer::Connection::busy)].id == "temporary");
  CHECK(book.outcome->group_of(insurer::Connection::fax) == 2);
  CHECK(book.outcome->neutral_findings == insurer::bit(insurer::Finding::phone_changed));
  CHECK(book.tickets.at(insurer::TicketKind::problem).subtypes.size() == 2);
  CHECK(book.commission->deductions[0].amount.values[0].value == Money::fen(2000));
  CHECK(book.commission->deductions[0].amount.clause.id == "small/commission.deduction.late_receipt.amount");
  CHECK(book.kpi->indicators[0].score.worse->step.text() == "0.005");
  CHECK(book.kpi->indicators[0].exclusions[0].clause.id == "small/kpi.indicator.in_time.exclusions.waived");
  CHECK(book.kpi->indicators[1].score.kind == ScoreKind::piecewise);
  CHECK(book.analysis->cohort == analysis_variable::issued_on);
  CHECK(book.analysis->first_visit == insurer::bit(insurer::Leg::first_call));
  const AnalysisBreakdown& feedback = book.analysis->breakdowns.at(0);
  CHECK(feedback.base == 0);
  CHECK(feedback.parts[0].group == 0);
  CHECK(!feedback.parts[1].group);
  CHECK(feedback.totals[0].parts == std::vector<std::size_t>{0, 1});
  CHECK(feedback.parts[0].clause.id == "small/analysis.breakdown.feedback.part.ordered");
  const Clause& start = book.followup->legs[0].start.count.clause;
  CHECK(start.id == "small/followup.leg.first_call.start");
  CHECK(start.file == "small.toml");
  CHECK(start.line == line_of(whole_book(), "[followup.leg.first_call.start]"));
  CHECK(std::is_sorted(book.clauses.begin(), book.clauses.end(), [](auto* a, auto* b) { return a->id < b->id; }));
}

TEST_CASE("what an unclear answer means: the finding of a no, another one, or none") {
  using enum insurer::AnswerOption;
  using insurer::Finding;
  const auto finding_of = [](const std::string& more, insurer::AnswerOption answer) {
    const std::string own = "finding = \"terms_unclear\"\n";
    const Loaded loaded = load_text(with(whole_book(), own, own + more));
    REQUIRE_MESSAGE(loaded.regime, all_of(loaded.issues));
    return loaded.regime->questionnaire->questions[1].finding_of(answer);
  };
  for (const std::string more : {"", "finding_unclear = \"other_doubt\"\n", "finding_unclear = \"none\"\n"}) {
    CHECK(finding_of(more, no) == Finding::terms_unclear);
    CHECK(!finding_of(more, yes));
  }
  CHECK(finding_of("", unclear) == Finding::terms_unclear);
  CHECK(finding_of("finding_unclear = \"other_doubt\"\n", unclear) == Finding::other_doubt);
  CHECK(!finding_of("finding_unclear = \"none\"\n", unclear));
}

TEST_CASE("every table with a title is a clause, and every clause is listed as a statement") {
  const Loaded loaded = load_text(whole_book());
  REQUIRE(loaded.regime);
  std::vector<std::string> stated, known;
  for (const Statement& statement : loaded.regime->statements)
    if (!statement.clause.title.empty()) stated.push_back(statement.clause.id);
  for (const Clause* clause : loaded.regime->clauses) known.push_back(clause->id);
  CHECK(stated == known);
}

TEST_CASE("a mistake is found with its rule and line") {
  struct Case {
    std::string what;
    std::string from;  // the first place in the whole book that is replaced …
    std::string to;    // … and by what
    const char* rule;
    std::string line_of;  // text that stands on the reported line, in the broken book
  };
  const std::string start = "[followup.leg.first_call.start]\n" + titles;
  const std::string value = "values = [ { from = 2010-01-01, value = 2, cite = \"文\" } ]";
  const std::string due = "[ticket.problem.due]\n" + titles;
  const auto problem_exceptions = [&](const std::string& list) { return due + "exceptions = [ " + list + " ]\n"; };
  const std::string question = "id = \"identity\"\n" + clause;
  const Case cases[] = {
      {"broken TOML", "[followup.scope]", "[followup.scope", "regime.syntax", "[followup.scope"},
      {"a key twice", "performer = \"branch\"", "performer = \"branch\"\nperformer = \"agent\"", "regime.syntax",
       "performer = \"agent\""},
      {"no heading", "[regime]", "[heading]", "regime.missing_key", ""},
      {"a strange id", "id = \"small\"", "id = \"Small one\"", "regime.book_id", "id = \"Small one\""},
      {"extends what is not there", "source =", "extends = \"law\"\nsource =", "regime.extends", "extends = \"law\""},
      {"unknown section", "[followup.scope]", "[quality]\nx = 1\n[followup.scope]", "regime.unknown_key", "[quality]"},
      {"misspelt key", "attempts_max]", "attempt_max]", "regime.unknown_key", "[followup.leg.first_call.attempt_max]"},
      {"unknown leg", "[followup.leg.branch_call.start]",
       "[followup.leg.visit]\nx = 1\n[followup.leg.branch_call.start]", "regime.unknown_key", "[followup.leg.visit]"},
      {"wrong type", "value = 2,", "value = \"2\",", "regime.wrong_type", "value = \"2\""},
      {"a number with decimals", "value = 2,", "value = 2.5,", "regime.wrong_type", "value = 2.5"},
      {"a date with a time", "from = 2010-01-01, value = 2,", "from = 2010-01-01T00:00:00, value = 2,",
       "regime.wrong_type", "T00:00:00"},
      {"a value that is no table", "[followup.scope]\n", "[followup.scope]\nvalues = 1\n", "regime.unknown_key",
       "values = 1"},
      {"a section that is a number", "[[intake.defect]]", "[[intake.fault]]", "regime.unknown_key", "[[intake.fault]]"},
      {"no cite of a clause", "[followup.scope]\n" + clause, "[followup.scope]\n" + titles, "regime.missing_key",
       "[followup.scope]"},
      {"no cite of a value", value, "values = [ { from = 2010-01-01, value = 2 } ]", "regime.missing_key",
       "value = 2 }"},
      {"no title", start, "[followup.leg.first_call.start]\ntitle_en = \"A\"\n", "regime.missing_key",
       "[followup.leg.first_call.start]"},
      {"no English title", start, "[followup.leg.first_call.start]\ntitle = \"甲\"\n", "regime.missing_key",
       "[followup.leg.first_call.start]"},
      {"an empty title", start, "[followup.leg.first_call.start]\ntitle = \"甲\"\ntitle_en = \"\"\n",
       "regime.missing_key", "title_en = \"\""},
      {"no unit", "unit = \"days\"\n", "", "regime.missing_key", "[followup.cooling_off]"},
      {"no first day", "count_from = \"next_day\"\n", "", "regime.missing_key", "[followup.cooling_off]"},
      {"no basis", "basis = \"signed_on\"\n", "", "regime.missing_key", "[followup.cooling_off]"},
      {"unknown basis", "basis = \"signed_on\"", "basis = \"signed\"", "regime.unknown_word", "basis = \"signed\""},
      {"empty basis", "basis = \"signed_on\"", "basis = []", "regime.missing_key", "basis = []"},
      {"a basis twice", "basis = \"signed_on\"", "basis = [\"signed_on\", \"signed_on\"]", "regime.duplicate_id",
       "basis = [\"signed_on\""},
      {"unknown unit", "unit = \"days\"", "unit = \"weeks\"", "regime.unknown_word", "unit = \"weeks\""},
      {"unknown deciding attempt", "value = \"last\"", "value = \"best\"", "regime.unknown_word", "value = \"best\""},
      {"unknown connection", "\"busy\"", "\"bussy\"", "regime.unknown_word", "\"bussy\""},
      {"no values", value, "values = []", "regime.no_values", "values = []"},
      {"values out of order", value,
       "values = [\n{ from = 2010-01-01, value = 2, cite = \"文\" },\n{ from = 2009-01-01, value = 3, cite = \"文\" } "
       "]",
       "regime.order", "{ from = 2009-01-01"},
      {"a day twice", value,
       "values = [\n{ from = 2010-01-01, value = 2, cite = \"文\" },\n{ from = 2010-01-01, value = 3, cite = \"文\" } "
       "]",
       "regime.order", "{ from = 2010-01-01, value = 3"},
      {"a value after the book begins", value, "values = [ { from = 2010-01-02, value = 2, cite = \"文\" } ]",
       "regime.gap", "2010-01-02"},
      {"a negative count", "value = 2,", "value = -2,", "regime.negative_value", "value = -2"},
      {"a negative amount", "value = \"20.00\"", "value = \"-20.00\"", "regime.negative_value", "value = \"-20.00\""},
      {"an amount in words", "value = \"20.00\"", "value = \"twenty\"", "regime.wrong_type", "value = \"twenty\""},
      {"unknown name in a condition", "when = \"term_months > 12\"", "when = \"term > 12\"",
       "regime.condition.unknown_name", "when = \"term > 12\""},
      {"unknown word in a condition", "connection == 'wrong_number'", "connection == 'wrong'",
       "regime.condition.unknown_word", "'wrong'"},
      {"unknown reason group", "reason_group == 'temporary'", "reason_group == 'passing'",
       "regime.condition.unknown_word", "'passing'"},
      {"wrong type in a condition", "when = \"term_months > 12\"", "when = \"term_months > 'x'\"",
       "regime.condition.type", "'x'"},
      {"a value for a condition", "when = \"term_months > 12\"", "when = \"term_months\"", "regime.condition.type",
       "when = \"term_months\""},
      {"broken condition", "when = \"term_months > 12\"", "when = \"term_months >\"", "regime.condition.syntax",
       "term_months >\""},
      {"unknown subtype in an exception", due,
       problem_exceptions("{ when = \"subtype == 'x'\", value = 7, cite = \"文\" }"), "regime.condition.unknown_word",
       "subtype == 'x'"},
      {"two exceptions alike", due,
       problem_exceptions("{ when = \"subtype == 'other'\", value = 7, cite = \"文\" },\n{ when = \"subtype == "
                          "'other'\", value = 8, cite = \"文\" }"),
       "regime.ambiguous_exception", "value = 8"},
      {"an exception without cite", due, problem_exceptions("{ when = \"subtype == 'other'\", value = 7 }"),
       "regime.missing_key", "value = 7 }"},
      {"a priority beyond reason", due,
       problem_exceptions("{ when = \"true\", value = 7, priority = 2000, cite = \"文\" }"), "regime.wrong_type",
       "priority = 2000"},
      {"assumed without note", start, start + "status = \"assumed\"\n", "regime.assumed_without_note",
       "status = \"assumed\""},
      {"unknown status", start, start + "status = \"sure\"\nnote = \"x\"\n", "regime.unknown_word",
       "status = \"sure\""},
      {"unknown floor", start, start + "floor = \"top\"\n", "regime.unknown_word", "floor = \"top\""},
      {"a window that ends before it begins", "\"09:00-12:00\"", "\"12:00-09:00\"", "regime.window", "12:00-09:00"},
      {"two legs with one order", "order = 2", "order = 1", "regime.duplicate_order", "[followup.leg.first_call]"},
      {"hand-over to a leg that is not there", "next = \"branch_call\"", "next = \"letter\"", "regime.unknown_leg",
       "[[followup.leg.first_call.hand_over]]"},
      {"hand-over backwards", "next = \"branch_call\"", "next = \"first_call\"", "regime.leg_order",
       "[[followup.leg.first_call.hand_over]]"},
      {"a second visit on a leg that is not there", "[ticket.problem]\n", second_visit("letter"), "regime.unknown_leg",
       "[ticket.problem]"},
      {"a hand-over to a second visit", "[ticket.problem]\n", second_visit("branch_call"), "regime.second_visit",
       "[[followup.leg.first_call.hand_over]]"},
      {"a second visit that hands over", "[ticket.problem]\n", second_visit("first_call"), "regime.second_visit",
       "[[followup.leg.first_call.hand_over]]"},
      {"not after an unknown day", "basis = \"cooling_off_end\"", "basis = \"cooling_off\"", "regime.unknown_word",
       "basis = \"cooling_off\""},
      {"not after no day", "basis = \"cooling_off_end\"\n", "", "regime.missing_key",
       "[followup.leg.branch_call.start.not_after]"},
      {"a leg for policies by the name of an attempt", "when = \"channel != 'group'\"", "when = \"party == 'holder'\"",
       "regime.condition.unknown_name", "when = \"party == 'holder'\""},
      {"bands without a window", "[followup.leg.branch_call.start]",
       count("followup.leg.branch_call.bands_min", "1") + "[followup.leg.branch_call.start]", "regime.out_of_range",
       "[followup.leg.branch_call.bands_min]"},
      {"a defect that opens an unknown ticket", "opens = \"intake_problem\"", "opens = \"letter\"",
       "regime.unknown_ticket", "[[intake.defect]]"},
      {"an unknown defect in a condition", "when = \"connection == 'wrong_number'\"", "when = \"'no_fone' in defects\"",
       "regime.condition.unknown_word", "when = \"'no_fone' in defects\""},
      {"a reality check of a leg that is not there", "[followup.leg.branch_call]\n",
       reality_check("letter") + "[followup.leg.branch_call]\n", "regime.unknown_leg",
       "[followup.leg.branch_call.proves]"},
      {"a reality check of a leg that comes no earlier", "[followup.leg.branch_call]\n",
       reality_check("branch_call") + "[followup.leg.branch_call]\n", "regime.leg_order",
       "[followup.leg.branch_call.proves]"},
      {"a desk in Chinese alone", "[ticket.verification]\n", "[ticket.verification]\ndesk = \"客服\"\n",
       "regime.missing_key", "[ticket.verification]"},
      {"a ticket kind without rules", "opens = \"verification\"", "opens = \"letter\"", "regime.unknown_ticket",
       "[[followup.leg.first_call.hand_over]]"},
      {"a hand-over after true", "[followup.leg.branch_call]\n",
       "[[followup.leg.first_call.hand_over]]\nid = \"two\"\n" + clause +
           "when = \"true\" # late\n[followup.leg.branch_call]\n",
       "regime.unreachable", "# late"},
      {"an outcome rule after true", "when = \"reason_group == 'temporary'\"", "when = \"true\"", "regime.unreachable",
       "when = \"true\"\nclass = \"standard\""},
      {"no catch-all", "when = \"true\"\nclass", "when = \"success_is_missing\"\nclass",
       "regime.condition.unknown_name", "success_is_missing"},
      {"no final true", "when = \"true\"\nclass", "when = \"party == 'holder'\"\nclass", "regime.no_catch_all",
       "[[outcome.rule]]"},
      {"a connection in two groups", "members = [\"wrong_number\"]", "members = [\"busy\"]",
       "regime.connection_in_two_groups", "[\"no_answer\", \"busy\"]"},
      {"two rules with one id", "id = \"clean\"", "id = \"not_reached\"", "regime.duplicate_id",
       "id = \"not_reached\"\n" + clause + "when = \"true\""},
      {"a rule without id", "id = \"clean\"\n", "", "regime.missing_key", "[[outcome.rule]]\ntitle"},
      {"unknown class", "class = \"standard\"", "class = \"fine\"", "regime.unknown_word", "class = \"fine\""},
      {"a question nobody is asked", "when = \"holder_age >= 60\"", "when = \"false\"", "regime.unreachable",
       "when = \"false\""},
      {"a question that asks what is answered only later", "when = \"holder_age >= 60\"",
       "when = \"'nothing_above' in said_no\"", "regime.condition.unknown_word", "nothing_above"},
      {"a question that ends on no answer", "statutory = true\n", "statutory = true\nends_on = [\"maybe\"]\n",
       "regime.unknown_word", "[\"maybe\"]"},
      {"an unclear answer that means no finding there is", "finding = \"terms_unclear\"\n",
       "finding = \"terms_unclear\"\nfinding_unclear = \"maybe\"\n", "regime.unknown_word", "finding_unclear"},
      {"a question without English", "text_en = \"Is it you?\"\n", "", "regime.missing_key",
       "[[questionnaire.question]]\nid = \"identity\""},
      {"a question that does not say whether it is statutory", "statutory = true\n", "", "regime.missing_key",
       "[[questionnaire.question]]\nid = \"identity\""},
      {"a cut-off on the 31st", count("commission.cut_off_day", "20"), count("commission.cut_off_day", "31"),
       "regime.out_of_range", "[commission.cut_off_day]"},
      {"more bands than the window has", count("followup.leg.first_call.attempts_max", "3"),
       count("followup.leg.first_call.bands_min", "3"), "regime.out_of_range", "[followup.leg.first_call.bands_min]"},
      {"deductions without a cap", "[commission.deduction_cap]\n" + clause, "", "regime.missing_key", ""},
      {"an unknown table", "table = \"policies\"", "table = \"policy\"", "regime.unknown_word", "table = \"policy\""},
      {"a cohort that is no date", "cohort = \"cooling_off_end\"", "cohort = \"channel\"", "regime.unknown_word",
       "cohort"},
      {"an early column that is no date", "cohort = ", "early = \"success\"\ncohort = ", "regime.unknown_word",
       "early"},
      {"a score as a number", "full = \"7\"", "full = 7", "regime.wrong_type", "full = 7"},
      {"a step of nothing", "step = \"0.5%\"", "step = \"0\"", "regime.out_of_range", "step = \"0\""},
      {"too many decimals", "decimals = 2", "decimals = 9", "regime.out_of_range", "decimals = 9"},
      {"pieces that begin elsewhere", "pieces = [ { from = \"0\"", "pieces = [ { from = \"0.5\"", "regime.order",
       "pieces"},
      {"an analysis by no date", "cohort = \"issued_on\"", "cohort = \"channel\"", "regime.unknown_word",
       "cohort = \"channel\""},
      {"a first visit of no leg", "first_visit = [\"first_call\"]", "first_visit = []", "regime.missing_key",
       "first_visit"},
      {"nothing to count", "[[analysis.count]]", "[[analysis.counts]]", "regime.missing_key", "[analysis]"},
      {"shares of an unknown base", "base = \"failed\"", "base = \"fails\"", "regime.unknown_word", "base = \"fails\""},
      {"a breakdown without parts", "[[analysis.breakdown.part]]\nid = \"ordered\"",
       "[[analysis.breakdown.parts]]\nid = \"ordered\"", "regime.unknown_key", "[[analysis.breakdown.parts]]"},
      {"a part of an unknown group", "group = \"reported\"", "group = \"report\"", "regime.unknown_word",
       "group = \"report\""},
      {"a part after true", "when = \"'visit_order' in ticket_results\"", "when = \"true\"", "regime.unreachable",
       "when = \"known(first_connection)\""},
      {"a total of an unknown part", "parts = [\"ordered\", \"rest\"]", "parts = [\"order\"]", "regime.unknown_word",
       "parts = [\"order\"]"},
      {"a result that the book does not list", "'visit_order' in", "'visit' in", "regime.condition.unknown_word",
       "'visit' in"},
      {"a range upside down", "upto = \"1\"", "upto = \"0\"", "regime.order", "upto = \"0\""},
  };
  for (const Case& item : cases) {
    CAPTURE(item.what);
    const std::string text = with(whole_book(), item.from, item.to);
    REQUIRE_MESSAGE(!text.starts_with("not found"), text);
    const Loaded loaded = load_text(text);
    CHECK(loaded.regime == nullptr);
    REQUIRE(!loaded.issues.empty());
    bool found = false;
    for (const Issue& issue : loaded.issues)
      found = found || (issue.rule == item.rule && (item.line_of.empty() || issue.line == line_of(text, item.line_of)));
    CHECK_MESSAGE(found, "expected " << item.rule << " on line " << line_of(text, item.line_of) << ", got\n"
                                     << all_of(loaded.issues));
    for (const Issue& issue : loaded.issues) {
      CHECK(issue.file == "small.toml");
      CHECK(!issue.zh.empty());
    }
  }
}

TEST_CASE("all mistakes are reported at once, in order of lines") {
  std::string text = whole_book();
  text = with(text, "title_en = \"Small\"\n", "");
  text = with(text, "unit = \"days\"", "unit = \"weeks\"");
  text = with(text, "\"busy\"", "\"bussy\"");
  text = with(text, "full = \"7\"", "full = 7");
  const Loaded loaded = load_text(text);
  REQUIRE(loaded.issues.size() == 4);
  CHECK(loaded.issues[0].rule == "regime.missing_key");
  CHECK(loaded.issues[1].rule == "regime.unknown_word");
  CHECK(loaded.issues[2].rule == "regime.unknown_word");
  CHECK(loaded.issues[2].en.find("did you mean busy") != std::string::npos);
  CHECK(loaded.issues[3].rule == "regime.wrong_type");
}

TEST_CASE("files of one book are merged and must not repeat one another") {
  const auto two = [](const std::string& second) {
    return load({{{.path = "a.toml", .text = heading() + followup() + outcome()}, {.path = "b.toml", .text = second}}});
  };
  const Loaded good = two(tickets());
  REQUIRE_MESSAGE(good.regime, all_of(good.issues));
  CHECK(good.regime->tickets.at(insurer::TicketKind::problem).clause.file == "b.toml");
  const Loaded bad = two(tickets() + "[followup.leg.first_call]\norder = 1\n");
  REQUIRE(bad.issues.size() == 1);
  CHECK(bad.issues[0].rule == "regime.duplicate_key");
  CHECK(bad.issues[0].file == "b.toml");
  CHECK(bad.issues[0].en.find("a.toml:") != std::string::npos);
}

TEST_CASE("the version depends on what the book says, not on how it is written") {
  const std::string book = whole_book();
  const std::string version = load_text(book).regime->version;
  CHECK(load_text("# a comment\n" + with(book, "id = \"small\"", "id   =   \"small\"")).regime->version == version);
  CHECK(load_text(with(book, "value = 2,", "value = 3,")).regime->version != version);
  CHECK(load_text(with(book, "文 1", "文 2")).regime->version != version);
}

TEST_CASE("hostile text is refused, not survived by luck") {
  for (const std::string& text :
       {std::string(), std::string("\xff\xfe"), std::string(100'000, '['), std::string("= 1"),
        std::string("[regime]\nid = 5"), std::string("regime = 3"), std::string("[[regime]]\nid = \"x\"\n"),
        heading() + "followup = 3\n[[outcome]]\nx = 1\n", heading() + "[kpi]\nindicator = [1, 2]\n",
        heading() + "[ticket]\nproblem = []\n[outcome]\nrule = \"x\"\ngroup = 1\n"}) {
    CAPTURE(text.substr(0, 60));
    const Loaded loaded = load_text(text);
    CHECK(loaded.regime == nullptr);
    CHECK(!loaded.issues.empty());
  }
}

TEST_CASE("the heading alone") {
  const auto heading_of_text = [](const std::string& text) { return heading_of({{.path = "x.toml", .text = text}}); };
  CHECK(heading_of_text(heading("a", "b"))->extends == "b");
  CHECK(heading_of_text(heading("a"))->extends.empty());
  CHECK(heading_of_text("[regime]\ntitle = \"x\"\n").error().rule == "regime.missing_key");
  CHECK(heading_of_text("[regime").error().rule == "regime.syntax");
}
