#pragma once

#include "api/answer.hpp"
#include "app/kpi_figures.hpp"
#include "app/month_close.hpp"

// The shapes of scores in answers.
namespace shouyue::api {

struct ExclusionNote {
  std::string id, title, title_en, clause, cite;
};
BOOST_DESCRIBE_STRUCT(ExclusionNote, (), (id, title, title_en, clause, cite))

struct IndicatorNote {
  std::string id, title, title_en, clause, cite, table;
  std::optional<std::string> full_score, score_clause, score_cite, note;
  std::optional<bool> higher_is_better;  // left out: the book does not say
  std::vector<ExclusionNote> exclusions;
  bool is_assumed = false;
};
BOOST_DESCRIBE_STRUCT(IndicatorNote, (),
                      (id, title, title_en, clause, cite, table, full_score, score_clause, score_cite, note,
                       higher_is_better, exclusions, is_assumed))

struct ScoreBook {
  std::string id, title, title_en;
  std::vector<IndicatorNote> indicators;
};
BOOST_DESCRIBE_STRUCT(ScoreBook, (), (id, title, title_en, indicators))

// What a figure was when its month was closed.
struct ClosedFigureAnswer {
  std::int64_t numerator = 0, denominator = 0, excluded = 0;
  std::optional<std::string> value, score;
};
BOOST_DESCRIBE_STRUCT(ClosedFigureAnswer, (), (numerator, denominator, excluded, value, score))

struct FigureAnswer {
  std::string indicator;
  std::int64_t numerator = 0, denominator = 0, excluded = 0;
  std::vector<std::int64_t> excluded_by;
  std::optional<std::string> value, score;  // left out: no data, or no score for it
  std::optional<ClosedFigureAnswer> closed;
};
BOOST_DESCRIBE_STRUCT(FigureAnswer, (),
                      (indicator, numerator, denominator, excluded, excluded_by, value, score, closed))

struct ScoreRow {
  std::string org_code, org_name, level, parent_code;  // empty: the whole company
  std::vector<FigureAnswer> figures;                   // of every indicator of the book that is computed here
};
BOOST_DESCRIBE_STRUCT(ScoreRow, (), (org_code, org_name, level, parent_code, figures))

struct ClosedMonthAnswer {
  std::string regime, month, asked_by, asked_by_name, granted_by, granted_by_name;
  std::int64_t known_to = 0;
  Instant as_of, closed_at;
};
BOOST_DESCRIBE_STRUCT(ClosedMonthAnswer, (),
                      (regime, month, asked_by, asked_by_name, granted_by, granted_by_name, known_to, as_of, closed_at))

// A stretch of time after a month in which a figure may still change.
struct FinalStepNote {
  std::string id, title, title_en, decides, cite, note;
  bool is_assumed = false;
};
BOOST_DESCRIBE_STRUCT(FinalStepNote, (), (id, title, title_en, decides, cite, note, is_assumed))

struct MonthClosingAnswer {
  std::string regime, month;
  Date final_on, closable_from;
  Instant worked_upto;
  bool is_closable = false;
  std::optional<std::string> indicator, indicator_en;  // whose figure is final last
  std::vector<FinalStepNote> steps;
  std::optional<ClosedMonthAnswer> closed;
};
BOOST_DESCRIBE_STRUCT(MonthClosingAnswer, (),
                      (regime, month, final_on, closable_from, worked_upto, is_closable, indicator, indicator_en, steps,
                       closed))

ScoreBook answer_of(const regime::Regime& book);
MonthClosingAnswer answer_of(const app::MonthClosing& closing);
FigureAnswer answer_of(const app::KpiFigure& figure);
FigureAnswer without_data(const regime::Indicator& indicator);
ClosedFigureAnswer answer_of(const app::ClosedFigure& figure);

}  // namespace shouyue::api
