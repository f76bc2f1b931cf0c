#include <algorithm>

#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"
#include "regime/term_words.hpp"

namespace shouyue::regime {
namespace {

constexpr std::string_view table_words[] = {"policies", "tickets", "external"};
constexpr std::string_view kind_words[] = {"steps", "piecewise"};

std::optional<StepScore> read_steps(TableReader& score, const std::string& key) {
  const Item* item = score.table_if(key);
  if (!item) return std::nullopt;
  TableReader reader(*item, join_path(score.path(), key), score.reading());
  StepScore steps;
  steps.step = reader.decimal("step");
  steps.points = reader.decimal("points");
  steps.part_counts = reader.flag_or("part_counts", false);
  steps.limit = reader.decimal_if("limit");
  if (reader.has("step") && steps.step <= Decimal())
    reader.issue("step", "regime.out_of_range", "[" + reader.path() + "] 'step' must be more than 0",
                 "[" + reader.path() + "] “step”必须大于 0");
  return steps;
}

void read_pieces(TableReader& table, Score& score) {
  score.from = table.decimal("from");
  score.upto = table.decimal("upto");
  for (const Item& item : table.required_tables("pieces")) {
    TableReader reader(item, table.path() + ".pieces", table.reading());
    const Piece piece{
        .from = reader.decimal("from"), .slope = reader.decimal("slope"), .offset = reader.decimal("offset")};
    if (score.pieces.empty() ? piece.from != score.from : piece.from <= score.pieces.back().from)
      reader.issue("from", "regime.order",
                   "[" + table.path() + "] the pieces must begin at 'from' of the score and stand in order",
                   "[" + table.path() + "] 各段须从评分的“from”开始并按先后排列");
    score.pieces.push_back(piece);
  }
  if (score.upto <= score.from && table.has("upto"))
    table.issue("upto", "regime.order", "[" + table.path() + "] 'upto' must be above 'from'",
                "[" + table.path() + "] “upto”须大于“from”");
}

Score read_score(TableReader& table) {
  Score score;
  score.clause = read_clause(table);
  const bool piecewise = table.choice("kind", kind_words) == 1;
  score.kind = piecewise ? ScoreKind::piecewise : ScoreKind::steps;
  score.full = table.decimal("full");
  const std::int64_t decimals = table.integer_if("decimals").value_or(2);
  score.decimals = static_cast<int>(std::clamp<std::int64_t>(decimals, 0, 6));
  if (score.decimals != decimals)
    table.issue("decimals", "regime.out_of_range", "[" + table.path() + "] 'decimals' lies within 0 … 6",
                "[" + table.path() + "] “decimals”须在 0 至 6 之间");
  if (piecewise) {
    read_pieces(table, score);
    return score;
  }
  score.healthy = table.decimal("healthy");
  score.critical = table.decimal("critical");
  score.higher_is_better = table.flag("higher_is_better");
  score.better = read_steps(table, "better");
  score.worse = read_steps(table, "worse");
  score.floor = table.decimal_if("floor").value_or(Decimal());
  return score;
}

void check_date_column(TableReader& entry, const std::string& key, const std::string& column,
                       const expr::Schema& columns) {
  const bool is_date = std::any_of(columns.begin(), columns.end(), [&](const expr::Variable& variable) {
    return variable.name == column && variable.type == expr::Type::date;
  });
  if (is_date || column.empty()) return;
  std::string dates;
  for (const expr::Variable& variable : columns)
    if (variable.type == expr::Type::date) dates += (dates.empty() ? "" : ", ") + variable.name;
  entry.issue(key, "regime.unknown_word", "[" + entry.path() + "] '" + key + "' must be a date column: " + dates,
              "[" + entry.path() + "] “" + key + "”应为日期列：" + dates);
}

void read_counting(TableReader& entry, const expr::Schema& columns, Indicator& indicator) {
  indicator.cohort = entry.text("cohort");
  check_date_column(entry, "cohort", indicator.cohort, columns);
  indicator.early = entry.text_if("early").value_or("");
  check_date_column(entry, "early", indicator.early, columns);
  indicator.population = entry.condition("population", columns);
  indicator.numerator = entry.condition("numerator", columns);
  for_each_entry(entry, "exclusions", [&](TableReader& reader) {
    Exclusion exclusion{.id = reader.text("id"), .clause = read_clause(reader), .when = {}};
    exclusion.when = reader.condition("when", columns);
    indicator.exclusions.push_back(std::move(exclusion));
  });
}

void read_final_steps(TableReader& entry, Indicator& indicator) {
  for_each_entry(entry, "final_after", [&](TableReader& reader) {
    FinalStep step{.id = reader.text("id"), .count = read_count(reader, {})};
    step.unit = static_cast<Unit>(reader.choice("unit", std::span(unit_words).first(3)));
    step.count_from = static_cast<CountFrom>(reader.choice("count_from", count_from_words));
    step.count.clause.decides += " (" + std::string(unit_words[static_cast<std::size_t>(step.unit)]) + ")";
    indicator.final_after.push_back(std::move(step));
  });
}

}  // namespace

Kpi read_kpi(TableReader& section) {
  Kpi kpi;
  if (section.has("ticket_subtypes")) section.texts("ticket_subtypes");  // already words of the conditions
  for_each_entry(section, "indicator", [&](TableReader& entry) {
    Indicator indicator;
    indicator.id = entry.text("id");
    indicator.clause = read_clause(entry);
    indicator.table = table_words[entry.choice("table", table_words)];
    indicator.population = expr::Expression::always();
    indicator.numerator = expr::Expression::always();
    if (indicator.table != "external")
      read_counting(entry,
                    indicator.table == "tickets" ? entry.reading().ticket_columns : entry.reading().policy_columns,
                    indicator);
    read_final_steps(entry, indicator);
    if (const Item* score = entry.table_if("score")) {
      TableReader reader(*score, join_path(entry.path(), "score"), entry.reading());
      indicator.score = read_score(reader);
    }
    kpi.indicators.push_back(std::move(indicator));
  });
  return kpi;
}

}  // namespace shouyue::regime
