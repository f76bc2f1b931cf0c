#include "app/rule_book_cases.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <toml++/toml.h>

#include "app/case_facts.hpp"
#include "app/export_rows.hpp"
#include "app/flatten.hpp"
#include "app/indicator_case.hpp"
#include "kpi/score.hpp"
#include "regime/rule_books.hpp"
#include "worklist/cadence.hpp"

namespace shouyue::app {
namespace {

namespace fs = std::filesystem;

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
  Runner(const regime::Regime& book, regime::RuleBooks books, calendar::WorkingCalendar calendar, CasesReport& report)
      : book_(book), books_(std::move(books)), calendar_(std::move(calendar)), report_(report) {}

  void run_file(const std::string& path, const toml::table& file) {
    for (const auto& [key, node] : file) {
      const toml::array* list = node.as_array();
      for (std::size_t i = 0; list && i < list->size(); ++i) {
        const toml::table* table = (*list)[i].as_table();
        if (!table) continue;
        CaseOutcome outcome{.file = path, .line = static_cast<int>(table->source().begin.line)};
        outcome.name = (*table)["name"].value_or(std::string());
        if (key.str() == "case")
          run_case(*table, outcome);
        else if (key.str() == "score")
          run_score(*table, outcome);
        else if (key.str() == "indicator")
          run_indicator(*table, outcome);
        else
          outcome.problems.push_back("a case file holds [[case]], [[score]] and [[indicator]], not [[" +
                                     std::string(key.str()) + "]]");
        if (outcome.name.empty() || !(*table)["source"].is_string())
          outcome.problems.push_back("name or source is missing");
        report_.cases.push_back(std::move(outcome));
      }
      if (!list)
        report_.cases.push_back({.file = path,
                                 .line = static_cast<int>(node.source().begin.line),
                                 .name = std::string(key.str()),
                                 .problems = {"a case file holds [[case]], [[score]] and [[indicator]]"}});
    }
  }

  const std::set<std::string>& touched() const { return touched_; }

 private:
  void touch(const std::string& rules) {
    for (std::size_t from = 0; from < rules.size();) {
      const std::size_t to = std::min(rules.find(';', from), rules.size());
      touched_.insert(rules.substr(from, to - from));
      from = to + 1;
    }
  }

  void run_case(const toml::table& table, CaseOutcome& outcome) {
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
    compare_slots(table, *state, outcome);
  }

  void compare_rows(const toml::table& table, const DerivedRows& rows, CaseOutcome& outcome) {
    touch(rows.kase->rules);
    if (const auto* expected = table["expect"].as_table())
      Expectation(outcome, "case").compare(*expected, export_columns(ExportKind::cases), cells_of(*rows.kase));
    std::vector<std::vector<std::string>> tickets, entries;
    for (const TicketRow& row : rows.tickets) {
      touch(row.rules);
      tickets.push_back(cells_of(row, row.working_days_used ? std::to_string(*row.working_days_used) : ""));
    }
    for (const EntryRow& row : rows.entries) entries.push_back(cells_of(row));
    compare_list(table["expect_tickets"].as_array(), "ticket", export_columns(ExportKind::tickets), tickets, outcome);
    compare_list(table["expect_entries"].as_array(), "entry", export_columns(ExportKind::commission_entries), entries,
                 outcome);
    if (rows.commission) touch(rows.commission->rules);
    if (const auto* expected = table["expect_commission"].as_table()) {
      if (!rows.commission)
        outcome.problems.push_back("the book has no commission rules");
      else
        Expectation(outcome, "commission")
            .compare(*expected, export_columns(ExportKind::commission), cells_of(*rows.commission));
    }
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

  // `expect_slots = [ { from = "…", at = "…" or "none", layers = [ "interval" ] } ]`
  void compare_slots(const toml::table& table, const PolicyState& state, CaseOutcome& outcome) {
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
      for (const auto& rejection : rejections) {
        layers += (layers.empty() ? "" : " ") + std::string(rejection.layer);
        if (rejection.clause) touched_.insert(rejection.clause->id);
      }
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

  void run_indicator(const toml::table& table, CaseOutcome& outcome) {
    std::vector<std::string> clauses;
    outcome.problems = run_indicator_case(table, book_, clauses);
    touched_.insert(clauses.begin(), clauses.end());
  }

  // `indicator`, `value` and `score` or `refused`.
  void run_score(const toml::table& table, CaseOutcome& outcome) {
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
    touched_.insert(found->clause.id);
    touched_.insert(found->score.clause.id);
    const auto score = kpi::score_of(found->score, kpi::Fraction::of(*value));
    const std::string got = score ? score->text(found->score.decimals) : score.error().rule;
    const std::string wanted = table["score"].value_or(table["refused"].value_or(std::string()));
    if (got != wanted)
      outcome.problems.push_back("score of " + value->text() + ": expected " + wanted + ", got " + got);
  }

  const regime::Regime& book_;
  regime::RuleBooks books_;
  calendar::WorkingCalendar calendar_;
  CasesReport& report_;
  std::set<std::string> touched_;
};

}  // namespace

std::size_t CasesReport::failed() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(cases, [](const CaseOutcome& one) { return !one.problems.empty(); }));
}

Result<CasesReport> run_rule_book_cases(const Home& home, const std::string& id) {
  const auto book = SHOUYUE_TRY(load_rule_book(home, id));
  CasesReport report;
  Runner runner(*book, SHOUYUE_TRY(regime::combine({book})), SHOUYUE_TRY(load_calendar(home)), report);
  std::vector<fs::path> files;
  const fs::path folder = SHOUYUE_TRY(rule_book_folder(home, id)) / "cases";
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::ranges::sort(files);
  for (const fs::path& file : files) {
    const std::string name = id + "/cases/" + file.filename().string();
    try {
      runner.run_file(name, toml::parse_file(file.string()));
    } catch (const toml::parse_error& error) {
      const std::string place =
          name + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description());
      return refuse(Errc::invalid_input, "cases.syntax", place, place);
    }
  }
  if (report.cases.empty())
    return refuse(Errc::not_found, "cases.none",
                  "no cases in " + folder.string() + "; a rule book without cases is not tested",
                  folder.string() + " 中没有用例，制度须有用例");
  for (const regime::Clause* clause : book->clauses)
    if (clause->id.starts_with(id + "/") && !runner.touched().contains(clause->id))
      report.untouched.push_back(clause->id);
  return report;
}

}  // namespace shouyue::app
