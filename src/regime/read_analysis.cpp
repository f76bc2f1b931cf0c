#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {
namespace {

constexpr std::size_t set_words_max = 64;

template <class Entry>
std::vector<std::string_view> ids_of(const std::vector<Entry>& entries) {
  std::vector<std::string_view> ids;
  for (const Entry& entry : entries) ids.push_back(entry.id);
  return ids;
}

template <class Entry>
void read_named(TableReader& table, const std::string& key, std::vector<Entry>& entries) {
  for_each_entry(table, key, [&](TableReader& entry) {
    Entry read;
    read.id = entry.text("id");
    read.clause = read_clause(entry);
    if constexpr (requires { read.when; }) read.when = entry.condition("when", entry.reading().analysis);
    entries.push_back(std::move(read));
  });
}

void read_parts(TableReader& table, AnalysisBreakdown& breakdown) {
  const auto groups = ids_of(breakdown.groups);
  ReachCheck reach;
  for_each_entry(table, "part", [&](TableReader& entry) {
    AnalysisPart part;
    part.id = entry.text("id");
    part.clause = read_clause(entry);
    part.when = entry.condition("when", entry.reading().analysis);
    if (entry.has("group")) part.group = entry.choice("group", groups);
    reach.add(entry, part.when);
    breakdown.parts.push_back(std::move(part));
  });
  if (breakdown.parts.empty())
    table.issue("part", "regime.missing_key", "[" + table.path() + "] has no [[part]]",
                "[" + table.path() + "] 没有 [[part]]");
}

AnalysisBreakdown read_breakdown(TableReader& table, const std::vector<std::string_view>& counts) {
  AnalysisBreakdown breakdown;
  breakdown.id = table.text("id");
  breakdown.clause = read_clause(table);
  breakdown.base = table.choice("base", counts);
  read_named(table, "group", breakdown.groups);
  read_parts(table, breakdown);
  const auto parts = ids_of(breakdown.parts);
  for_each_entry(table, "total", [&](TableReader& entry) {
    AnalysisTotal total;
    total.id = entry.text("id");
    total.clause = read_clause(entry);
    total.parts = entry.choices("parts", parts);
    breakdown.totals.push_back(std::move(total));
  });
  return breakdown;
}

// The position of the date that `cohort` names.
std::size_t read_cohort(TableReader& section) {
  std::vector<std::string_view> names;
  std::vector<std::size_t> positions;
  const expr::Schema& schema = section.reading().analysis;
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (schema[i].type != expr::Type::date) continue;
    names.push_back(schema[i].name);
    positions.push_back(i);
  }
  return positions[section.choice("cohort", names)];
}

}  // namespace

Analysis read_analysis(TableReader& section) {
  Analysis analysis;
  analysis.clause = read_clause(section);
  analysis.cohort = read_cohort(section);
  for (const insurer::Leg leg : section.words<insurer::Leg>("first_visit")) analysis.first_visit |= insurer::bit(leg);
  read_named(section, "ticket_result", analysis.ticket_results);
  if (analysis.ticket_results.size() > set_words_max)
    section.issue("ticket_result", "regime.out_of_range", "[analysis] lists more than 64 ticket results",
                  "[analysis] 列出的处理结果超过 64 项");
  read_named(section, "count", analysis.counts);
  if (analysis.counts.empty())
    section.issue("count", "regime.missing_key", "[analysis] has no [[analysis.count]]",
                  "[analysis] 没有 [[analysis.count]]");
  const auto counts = ids_of(analysis.counts);
  for_each_entry(section, "breakdown",
                 [&](TableReader& entry) { analysis.breakdowns.push_back(read_breakdown(entry, counts)); });
  return analysis;
}

}  // namespace shouyue::regime
