#include "api/score_json.hpp"

namespace shouyue::api {
namespace {

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

IndicatorNote note_of(const regime::Indicator& indicator) {
  IndicatorNote note{.id = indicator.id,
                     .title = indicator.clause.title,
                     .title_en = indicator.clause.title_en,
                     .clause = indicator.clause.id,
                     .cite = indicator.clause.cite,
                     .table = indicator.table,
                     .note = unless_empty(indicator.clause.note),
                     .is_assumed = indicator.clause.assumed};
  if (indicator.score.kind != regime::ScoreKind::none) {
    note.full_score = indicator.score.full.text();
    note.score_clause = indicator.score.clause.id;
    note.score_cite = indicator.score.clause.cite;
  }
  if (indicator.score.kind == regime::ScoreKind::steps) note.higher_is_better = indicator.score.higher_is_better;
  for (const regime::Exclusion& exclusion : indicator.exclusions)
    note.exclusions.push_back({.id = exclusion.id,
                               .title = exclusion.clause.title,
                               .title_en = exclusion.clause.title_en,
                               .clause = exclusion.clause.id,
                               .cite = exclusion.clause.cite});
  return note;
}

}  // namespace

ScoreBook answer_of(const regime::Regime& book) {
  ScoreBook answer{.id = book.id, .title = book.title, .title_en = book.title_en};
  for (const regime::Indicator& indicator : book.kpi->indicators) answer.indicators.push_back(note_of(indicator));
  return answer;
}

MonthClosingAnswer answer_of(const app::MonthClosing& closing) {
  MonthClosingAnswer answer{.regime = closing.which.regime,
                            .month = closing.which.month,
                            .final_on = closing.final.day,
                            .closable_from = closing.closable_from(),
                            .worked_upto = closing.worked_upto,
                            .is_closable = closing.is_worked() && !closing.closed};
  if (const regime::Indicator* indicator = closing.final.indicator) {
    answer.indicator = indicator->clause.title;
    answer.indicator_en = indicator->clause.title_en;
  }
  for (const auto& step : closing.final.steps)
    answer.steps.push_back({.id = step.clause->id,
                            .title = step.clause->title,
                            .title_en = step.clause->title_en,
                            .decides = step.clause->decides,
                            .cite = std::string(step.cite),
                            .note = step.clause->note,
                            .is_assumed = step.clause->assumed});
  return answer;
}

FigureAnswer answer_of(const app::KpiFigure& figure) {
  return {.indicator = figure.indicator,
          .numerator = figure.numerator,
          .denominator = figure.denominator,
          .excluded = figure.excluded,
          .excluded_by = figure.excluded_by,
          .value = figure.value ? std::optional(figure.value->text(6)) : std::nullopt,
          .score = unless_empty(figure.score)};
}

FigureAnswer without_data(const regime::Indicator& indicator) {
  return {.indicator = indicator.id, .excluded_by = std::vector<std::int64_t>(indicator.exclusions.size(), 0)};
}

ClosedFigureAnswer answer_of(const app::ClosedFigure& figure) {
  ClosedFigureAnswer answer{.numerator = figure.numerator,
                            .denominator = figure.denominator,
                            .excluded = figure.excluded,
                            .score = unless_empty(figure.score)};
  if (figure.denominator != 0) answer.value = ratio_rounded(figure.numerator, figure.denominator).text(6);
  return answer;
}

}  // namespace shouyue::api
