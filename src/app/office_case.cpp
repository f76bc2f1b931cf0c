#include "app/office_case.hpp"

#include <algorithm>

#include "app/case_facts.hpp"
#include "app/case_view.hpp"
#include "app/papers.hpp"
#include "app/report_deadlines.hpp"
#include "base/text.hpp"
#include "regime/crosswalk.hpp"
#include "regime/rows.hpp"

namespace shouyue::app {
namespace {

std::string text_at(const toml::table& table, std::string_view key) { return table[key].value_or(std::string()); }

std::vector<std::string> compared(const std::string& what, const std::string& wanted, const std::string& got) {
  if (wanted == got) return {};
  return {what + ": expected '" + wanted + "', got '" + got + "'"};
}

std::vector<std::string> waiver_differs(const toml::table& expected, const regime::RuleBooks& books) {
  const auto& waiver = books.visits->followup->waiver;
  std::vector<std::string> papers;
  if (waiver)
    for (const regime::WaiverPaper& paper : waiver->papers) papers.push_back(paper.id);
  const std::string by = waiver && waiver->approval ? std::string(code_of(waiver->approval->by)) : "";
  auto problems = compared("waiver.papers", text_at(expected, "papers"), join(papers, ";"));
  for (std::string& problem : compared("waiver.by", text_at(expected, "by"), by))
    problems.push_back(std::move(problem));
  return problems;
}

}  // namespace

std::vector<std::string> run_office_expectations(const toml::table& table, const regime::RuleBooks& books,
                                                 const insurer::Surroundings& surroundings, const PolicyState& state) {
  std::vector<std::string> problems;
  const auto add = [&problems](std::vector<std::string> found) {
    problems.insert(problems.end(), found.begin(), found.end());
  };
  if (const auto wanted = table["expect_letter"].value<std::string>()) {
    const regime::Letter* letter = letter_for(books, regime::policy_row(state.facts.policy, surroundings));
    add(compared("letter", *wanted, letter ? letter->id : ""));
  }
  if (const auto* expected = table["expect_receipt"].as_table()) {
    const auto fields = state.receipt ? standing_fields(*state.receipt) : Fields{};
    for (const auto& [key, node] : *expected) {
      const auto field = std::ranges::find(fields, key.str(), &Fields::value_type::first);
      add(compared("receipt." + std::string(key.str()), text_of_node(node),
                   field == fields.end() ? "" : field->second));
    }
  }
  if (const auto* expected = table["expect_waiver"].as_table()) add(waiver_differs(*expected, books));
  return problems;
}

std::vector<std::string> run_report_case(const toml::table& table, const regime::Regime& book) {
  const std::string name = text_at(table, "report");
  const auto rule = std::ranges::find(book.reports, name, &regime::ReportRule::name);
  const auto month = kpi::Period::parse(text_at(table, "month"));
  if (rule == book.reports.end()) return {"no report '" + name + "'"};
  if (!month) return {month.error().en};
  const auto due = due_day(*rule, *month);
  const toml::node* wanted = table.get("due_on");
  return compared("due_on", wanted ? text_of_node(*wanted) : "", due ? due->value.text() : due.error().rule);
}

std::vector<std::string> run_counterpart_case(const toml::table& table, const regime::Regime& book) {
  const regime::Crosswalk* crosswalk = regime::find_crosswalk(book, text_at(table, "other"));
  if (!crosswalk) return {"no crosswalk to '" + text_at(table, "other") + "'"};
  return compared("counterpart", text_at(table, "counterpart"),
                  regime::counterpart(*crosswalk, text_at(table, "list"), text_at(table, "word")).value_or(""));
}

}  // namespace shouyue::app
