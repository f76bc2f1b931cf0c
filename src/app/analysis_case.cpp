#include "app/analysis_case.hpp"

#include <algorithm>
#include <map>

#include "analysis/tally.hpp"
#include "app/case_facts.hpp"
#include "kpi/period.hpp"
#include "regime/vocabulary.hpp"
#include "report/share.hpp"

namespace shouyue::app {
namespace {

using Figures = std::map<std::string, std::string>;

std::unexpected<Error> wrong(const std::string& what) {
  return refuse(Errc::invalid_input, "cases.wrong_value", what, what);
}

Result<std::int64_t> word_index(const expr::Variable& variable, const std::string& word) {
  const auto found = std::ranges::find(variable.words, word);
  if (found == variable.words.end()) return wrong("'" + word + "' is no word of '" + variable.name + "'");
  return found - variable.words.begin();
}

Result<expr::Value> value_of(const expr::Variable& variable, const toml::node& node) {
  std::int64_t amount = 0;
  const std::string text = text_of_node(node);
  switch (variable.type) {
    case expr::Type::boolean: amount = node.value_or(false); break;
    case expr::Type::date: amount = SHOUYUE_TRY(Date::parse(text)).days(); break;
    case expr::Type::text: amount = SHOUYUE_TRY(word_index(variable, text)); break;
    default:
      if (!node.is_array()) return wrong("'" + variable.name + "' is a list of words");
      for (const toml::node& word : *node.as_array()) {
        const std::int64_t index = SHOUYUE_TRY(word_index(variable, text_of_node(word)));
        amount |= std::int64_t{1} << index;
      }
  }
  return expr::Value{.amount = amount};
}

// One row of `cases`, over what it means when nothing is said.
Result<expr::Row> row_of(const toml::table& given, const expr::Schema& schema, Date first_day) {
  namespace at = regime::analysis_variable;
  expr::Row row(schema.size(), expr::Value{.amount = 0, .missing = true});
  row[at::issued_on] = {.amount = first_day.days()};
  row[at::first_visit_over] = {.amount = 1};
  row[at::first_success] = {.amount = 0};
  row[at::make_up_success] = {.amount = 0};
  for (const auto& [key, node] : given) {
    if (key.str() == "count") continue;
    const auto variable = std::ranges::find(schema, key.str(), &expr::Variable::name);
    if (variable == schema.end()) return wrong("no name '" + std::string(key.str()) + "'");
    row[static_cast<std::size_t>(variable - schema.begin())] = SHOUYUE_TRY(value_of(*variable, node));
  }
  return row;
}

Result<analysis::Tally> tally_of(const toml::table& table, const regime::Analysis& analysis) {
  std::vector<std::string> results;
  for (const regime::TicketResult& result : analysis.ticket_results) results.push_back(result.id);
  const expr::Schema schema = regime::analysis_schema(results);
  const auto period = SHOUYUE_TRY(kpi::Period::parse(table["period"].value_or(std::string())));
  analysis::Tally tally(analysis);
  const toml::array* cases = table["cases"].as_array();
  for (std::size_t i = 0; cases && i < cases->size(); ++i) {
    const toml::table* given = (*cases)[i].as_table();
    if (!given) return wrong("a case is a table");
    const expr::Row row = SHOUYUE_TRY(row_of(*given, schema, period.from));
    const auto day = analysis::cohort_of(analysis, row);
    if (!day || !period.holds(*day)) continue;
    const analysis::Standing standing = analysis::standing_of(analysis, row);
    for (std::int64_t n = (*given)["count"].value_or(std::int64_t{1}); n > 0; --n) tally.add(standing);
  }
  return tally;
}

std::string shown(std::int64_t part, std::int64_t base) {
  return std::to_string(part) + (base == 0 ? "" : " " + report::Share{part, base}.text());
}

Figures figures_of(const regime::AnalysisBreakdown& breakdown, const analysis::Tally& tally, std::size_t index) {
  const std::int64_t base = tally.base(index), sum = tally.sum(index);
  Figures figures{{"base", std::to_string(base)}, {"sum", shown(sum, base)}, {"difference", shown(base - sum, base)}};
  for (std::size_t i = 0; i < breakdown.parts.size(); ++i)
    figures[breakdown.parts[i].id] = shown(tally.part(index, i), base);
  for (std::size_t i = 0; i < breakdown.groups.size(); ++i)
    figures["group." + breakdown.groups[i].id] = shown(tally.group(index, i), base);
  for (std::size_t i = 0; i < breakdown.totals.size(); ++i)
    figures[breakdown.totals[i].id] = shown(tally.total(index, i), base);
  return figures;
}

void compare(const std::string& what, const toml::node_view<const toml::node> expected, const Figures& got,
             std::vector<std::string>& problems) {
  const toml::table* table = expected.as_table();
  if (!table) return;
  for (const auto& [key, node] : *table) {
    const auto figure = got.find(std::string(key.str()));
    const std::string wanted = text_of_node(node);
    if (figure == got.end())
      problems.push_back(what + " has no '" + std::string(key.str()) + "'");
    else if (figure->second != wanted)
      problems.push_back(what + "." + figure->first + ": expected " + wanted + ", got " + figure->second);
  }
}

}  // namespace

std::vector<std::string> run_analysis_case(const toml::table& table, const regime::Regime& book) {
  if (!book.analysis) return {"the book has no analysis"};
  const regime::Analysis& analysis = *book.analysis;
  const auto tally = tally_of(table, analysis);
  if (!tally) return {tally.error().rule + ": " + tally.error().en};
  std::vector<std::string> problems;
  Figures counts;
  for (std::size_t i = 0; i < analysis.counts.size(); ++i)
    counts[analysis.counts[i].id] = std::to_string(tally->count(i));
  compare("count", table["expect"], counts, problems);
  for (std::size_t i = 0; i < analysis.breakdowns.size(); ++i) {
    const regime::AnalysisBreakdown& breakdown = analysis.breakdowns[i];
    compare(breakdown.id, table["expect_breakdown"][breakdown.id], figures_of(breakdown, *tally, i), problems);
  }
  if (const toml::table* named = table["expect_breakdown"].as_table())
    for (const auto& [id, figures] : *named)
      if (std::ranges::find(analysis.breakdowns, id.str(), &regime::AnalysisBreakdown::id) == analysis.breakdowns.end())
        problems.push_back("no breakdown '" + std::string(id.str()) + "'");
  return problems;
}

}  // namespace shouyue::app
