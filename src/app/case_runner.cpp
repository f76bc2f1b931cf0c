#include "app/case_runner.hpp"

#include <algorithm>

#include "app/analysis_case.hpp"
#include "app/case_facts.hpp"
#include "app/export_rows.hpp"
#include "app/flatten.hpp"
#include "app/indicator_case.hpp"
#include "app/office_case.hpp"
#include "app/person_limit.hpp"
#include "base/text.hpp"
#include "followup/questions.hpp"
#include "kpi/score.hpp"
#include "regime/rows.hpp"
#include "ticket/order.hpp"
#include "worklist/cadence.hpp"

namespace shouyue::app {
namespace {

// Compares one row with what a case expects of it, column by column.
class Expectation {
 public:
  Expectation(CaseOutcome& outcome, std::string what) : outcome_(outcome), what_(std::move(what)) {}

  void compare(const toml::table& expected, const std::vector<std::string>& columns,
               const std::vector<std::string>& cells) {
    for (const auto& [key, node] : expected) {
      const auto column = std::ranges::find(columns, key.str());
      if (column == columns.end()) {
        outcome_.problems.push_back(what_ + " has no column '" + std::string(key.str()) + "'");
        continue;
      }
      const std::string& got = cells[static_cast<std::size_t>(column - columns.begin())];
      const std::string wanted = text_of_node(node);
      if (!matches(got, wanted))
        outcome_.problems.push_back(what_ + "." + *column + ": expected '" + wanted + "', got '" + got + "'");
    }
  }

 private:
  // An instant may be written without its offset; `rules` need only hold what is expected.
  static bool matches(const std::string& got, const std::string& wanted) {
    if (got == wanted) return true;
    if (const auto a = Instant::parse(got), b = Instant::parse(wanted); a && b) return *a == *b;
    return wanted.starts_with("*") && got.find(wanted.substr(1)) != std::string::npos;
  }

  CaseOutcome& outcome_;
  std::string what_;
};

class Runner {
 public:
  Runner(const regime::Regime& book, const regime::RuleBooks& books, const calendar::WorkingCalendar& calendar)
      : book_(book), books_(books), calendar_(calendar) {}

  CaseOutcome outcome_of(const std::string& file, std::string_view kind, const toml::table& table) const {
    CaseOutcome outcome{.file = file, .line = static_cast<int>(table.source().begin.line)};
    outcome.name = table["name"].value_or(std::string());
    if (kind == "case")
      run_case(table, outcome);
    else if (kind == "score")
      run_score(table, outcome);
    else if (kind == "indicator")
      outcome.problems = run_indicator_case(table, book_, calendar_);
    else if (kind == "analysis")
      outcome.problems = run_analysis_case(table, book_);
    else if (kind == "report")
      outcome.problems = run_report_case(table, book_);
    else if (kind == "counterpart")
      outcome.problems = run_counterpart_case(table, book_);
    else
      outcome.problems.push_back(
          "a case file holds [[case]], [[score]], [[indicator]], [[analysis]], [[report]], [[counterpart]], not [[" +
          std::string(kind) + "]]");
    if (outcome.name.empty() || !table["source"].is_string()) outcome.problems.push_back("name or source is missing");
    return outcome;
  }

 private:
  void run_case(const toml::table& table, CaseOutcome& outcome) const {
    const auto given = read_case_facts(table, books_);
    if (!given) {
      outcome.problems.push_back(given.error().en);
      return;
    }
    LoadedPolicy policy{.policy_no = given->policy_no,
                        .versions = given->versions,
                        .surroundings = given->surroundings,
                        .books = &books_,
                        .calendar = &calendar_,
                        .settlements = &given->settlements};
    const auto state = PolicyDeriver::derive(policy, given->now);
    const std::string refusal = table["expect_refused"].value_or(std::string());
    if (!state || !refusal.empty()) {
      const std::string got = state ? "no refusal" : state.error().rule + " (" + state.error().en + ")";
      if (state || state.error().rule != refusal)
        outcome.problems.push_back("expected refusal '" + refusal + "', got " + got);
      return;
    }
    const auto rows = flatten(policy, *state);
    if (!rows) {
      outcome.problems.push_back(rows.error().en);
      return;
    }
    compare_rows(table, *rows, outcome);
    compare_tickets(table, *rows, *state, *given, outcome);
    for (std::string& problem : run_office_expectations(table, books_, given->surroundings, *state))
      outcome.problems.push_back(std::move(problem));
    compare_slots(table, *state, outcome);
    compare_questions(table, *given, outcome);
    compare_reason_groups(table, *given, outcome);
    compare_person_limit(table, *given, outcome);
  }

  void compare_rows(const toml::table& table, const DerivedRows& rows, CaseOutcome& outcome) const {
    if (const auto* expected = table["expect"].as_table())
      Expectation(outcome, "case").compare(*expected, export_columns(ExportKind::cases), cells_of(*rows.kase));
    std::vector<std::vector<std::string>> entries;
    for (const EntryRow& row : rows.entries) entries.push_back(cells_of(row));
    compare_list(table["expect_entries"].as_array(), "entry", export_columns(ExportKind::commission_entries), entries,
                 outcome);
    if (const auto* expected = table["expect_commission"].as_table()) {
      if (!rows.commission)
        outcome.problems.push_back("the book has no commission rules");
      else
        Expectation(outcome, "commission")
            .compare(*expected, export_columns(ExportKind::commission), cells_of(*rows.commission));
    }
  }

  // Beside the columns of the export: handler, result, waits_for, replies (ids) and the clause of its place in the
  // order.
  void compare_tickets(const toml::table& table, const DerivedRows& rows, const PolicyState& state,
                       const CaseFacts& given, CaseOutcome& outcome) const {
    auto columns = export_columns(ExportKind::tickets);
    columns.insert(columns.end(), {"handler", "result", "waits_for", "replies", "place"});
    const worklist::Context context{state.facts, given.surroundings, books_, calendar_,
                                    regime::policy_row(state.facts.policy, given.surroundings)};
    std::vector<std::vector<std::string>> tickets;
    for (const TicketRow& row : rows.tickets) {
      const ticket::Ticket& ticket = *std::ranges::find(state.tickets, row.ticket_id, &ticket::Ticket::ticket_id);
      auto cells = cells_of(row, row.working_days_used ? std::to_string(*row.working_days_used) : "");
      cells.push_back(stated("ticket." + std::string(code_of(row.kind)), "handler"));
      cells.emplace_back(ticket.result ? code_of(*ticket.result) : "");
      cells.push_back(clause_ids(ticket.waits_for));
      std::vector<std::string> replies;
      for (const regime::Reply* reply : ticket.replies) replies.push_back(reply->id);
      cells.push_back(join(replies, ";"));
      const auto place = ticket::place_of(ticket, context, given.now.date());
      cells.push_back(place.clause ? place.clause->id : "");
      tickets.push_back(std::move(cells));
    }
    compare_list(table["expect_tickets"].as_array(), "ticket", columns, tickets, outcome);
  }

  static void compare_list(const toml::array* expected, const std::string& what,
                           const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows,
                           CaseOutcome& outcome) {
    if (!expected) return;
    if (expected->size() != rows.size())
      outcome.problems.push_back("expected " + std::to_string(expected->size()) + " " + what + " rows, got " +
                                 std::to_string(rows.size()));
    for (std::size_t i = 0; i < std::min(expected->size(), rows.size()); ++i)
      if (const auto* row = (*expected)[i].as_table())
        Expectation(outcome, what + " " + std::to_string(i + 1)).compare(*row, columns, rows[i]);
  }

  // What a table of the book says under a key.
  std::string stated(const std::string& path, std::string_view key) const {
    for (const regime::Statement& statement : book_.statements)
      if (statement.path == path)
        for (const auto& [name, text] : statement.settings)
          if (name == key) return text;
    return "";
  }

  static void compare_words(const toml::array* list, const std::string& what, const std::vector<std::string>& words,
                            CaseOutcome& outcome) {
    if (!list) return;
    std::vector<std::string> expected;
    for (const toml::node& word : *list) expected.push_back(text_of_node(word));
    if (words != expected)
      outcome.problems.push_back(what + ": expected '" + join(expected, " ") + "', got '" + join(words, " ") + "'");
  }

  // After the answers of `answers = { identity = "yes" }`. `expect_questions = [ "identity",
  // "liability:notice_or_liability_unclear" ]`: what is asked, in order, with the finding that a `no` means.
  // `expect_findings = [ "signature_unsure" ]`: the doubts that the answers leave.
  void compare_questions(const toml::table& table, const CaseFacts& given, CaseOutcome& outcome) const {
    std::vector<std::string> asked, doubts;
    if (books_.questionnaire) {
      const auto row = regime::policy_row(given.versions.policies.front(), given.surroundings);
      const auto interview = followup::interview(*books_.questionnaire, row, given.answers);
      for (const regime::Question* question : interview.asked)
        asked.push_back(question->id +
                        (question->finding ? ":" + std::string(insurer::code_of(*question->finding)) : ""));
      for (const insurer::Finding finding : followup::doubts(interview, given.answers))
        doubts.push_back(std::string(insurer::code_of(finding)));
    }
    compare_words(table["expect_questions"].as_array(), "questions", asked, outcome);
    compare_words(table["expect_findings"].as_array(), "findings", doubts, outcome);
  }

  // `expect_reason_groups = [ "temporary", "number" ]`: the group of each attempt's connection, "" for none.
  void compare_reason_groups(const toml::table& table, const CaseFacts& given, CaseOutcome& outcome) const {
    std::vector<std::string> groups;
    const regime::Outcome& rules = *books_.visits->outcome;
    for (const insurer::Attempt& attempt : given.versions.attempts) {
      const std::size_t group = rules.group_of(attempt.connection);
      groups.push_back(group < rules.groups.size() ? rules.groups[group].id : "");
    }
    compare_words(table["expect_reason_groups"].as_array(), "reason groups", groups, outcome);
  }

  // `expect_person_limit = "…"`: the clause that keeps the person from another call today; "" when none does.
  void compare_person_limit(const toml::table& table, const CaseFacts& given, CaseOutcome& outcome) const {
    const auto wanted = table["expect_person_limit"].value<std::string>();
    if (!wanted) return;
    const auto clause =
        person_limit(books_, given.versions.policies.front(), given.surroundings, given.person_attempts);
    const std::string got = !clause ? clause.error().rule : *clause ? (*clause)->id : "";
    if (got != *wanted) outcome.problems.push_back("person limit: expected '" + *wanted + "', got '" + got + "'");
  }

  // `expect_slots = [ { from = "…", at = "…" or "none", layers = [ "interval" ] } ]`
  void compare_slots(const toml::table& table, const PolicyState& state, CaseOutcome& outcome) const {
    const auto* list = table["expect_slots"].as_array();
    for (std::size_t i = 0; list && i < list->size(); ++i) {
      const auto* slot = (*list)[i].as_table();
      const auto from = slot ? Instant::parse((*slot)["from"].value_or(std::string())) : Instant::parse("");
      if (!from || !state.follow_up.active) {
        outcome.problems.push_back(from ? "no leg is open" : "a slot needs `from`");
        return;
      }
      std::vector<worklist::Rejection> rejections;
      const auto& active = *state.follow_up.active;
      const auto at = worklist::next_legal(active.cadence, active.history, *from, calendar_, &rejections);
      std::string layers;
      for (const auto& rejection : rejections) layers += (layers.empty() ? "" : " ") + std::string(rejection.layer);
      const std::string got = !at ? at.error().rule : *at ? (*at)->plain_text() : "none";
      const std::string wanted = (*slot)["at"].value_or(std::string());
      if (got != wanted)
        outcome.problems.push_back("slot from " + from->plain_text() + ": expected " + wanted + ", got " + got + " (" +
                                   layers + ")");
      if (const auto expected = (*slot)["layers"].value<std::string>(); expected && *expected != layers)
        outcome.problems.push_back("slot from " + from->plain_text() + ": expected layers '" + *expected + "', got '" +
                                   layers + "'");
    }
  }

  // `indicator`, `value` and `score` or `refused`; `full`, the score that can be had.
  void run_score(const toml::table& table, CaseOutcome& outcome) const {
    const std::string id = table["indicator"].value_or(std::string());
    const auto value = Decimal::parse(table["value"].value_or(std::string()));
    const regime::Indicator* found = nullptr;
    if (book_.kpi)
      for (const auto& indicator : book_.kpi->indicators)
        if (indicator.id == id) found = &indicator;
    if (!found || !value) {
      outcome.problems.push_back(found ? "the value is not a number" : "no indicator '" + id + "'");
      return;
    }
    const auto score = kpi::score_of(found->score, kpi::Fraction::of(*value));
    const std::string got = score ? score->text(found->score.decimals) : score.error().rule;
    const std::string wanted = table["score"].value_or(table["refused"].value_or(std::string()));
    if (got != wanted)
      outcome.problems.push_back("score of " + value->text() + ": expected " + wanted + ", got " + got);
    const std::string full = found->score.full.text();
    if (const std::string wanted_full = table["full"].value_or(full); full != wanted_full)
      outcome.problems.push_back("full score: expected " + wanted_full + ", got " + full);
  }

  const regime::Regime& book_;
  const regime::RuleBooks& books_;
  const calendar::WorkingCalendar& calendar_;
};

}  // namespace

void run_cases(const regime::Regime& book, const regime::RuleBooks& books, const calendar::WorkingCalendar& calendar,
               const CaseFile& file, const std::function<bool(CaseOutcome)>& keep) {
  const Runner runner(book, books, calendar);
  for (const auto& [key, node] : file.contents) {
    const toml::array* list = node.as_array();
    if (!list) {
      const int line = static_cast<int>(node.source().begin.line);
      if (!keep(
              {file.name, line, std::string(key.str()), {"a case file holds lists of tables: [[case]], [[score]] …"}}))
        return;
      continue;
    }
    for (const toml::node& entry : *list)
      if (const toml::table* table = entry.as_table(); table && !keep(runner.outcome_of(file.name, key.str(), *table)))
        return;
  }
}

}  // namespace shouyue::app
