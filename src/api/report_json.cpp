#include "api/report_json.hpp"

#include <algorithm>

#include "json/write.hpp"

namespace shouyue::api {
namespace {

struct TextJson {
  std::string zh, en;
};
BOOST_DESCRIBE_STRUCT(TextJson, (), (zh, en))

struct CellJson {
  std::string zh;
  std::optional<std::string> en;      // where it differs
  std::optional<std::string> number;  // exact: a count, a share in percent, yuan
  std::optional<std::string> tone;
};
BOOST_DESCRIBE_STRUCT(CellJson, (), (zh, en, number, tone))

struct RowJson {
  std::string kind;
  std::vector<CellJson> cells;
};
BOOST_DESCRIBE_STRUCT(RowJson, (), (kind, cells))

struct ColumnJson {
  std::string zh, en;
  bool is_number = false;
};
BOOST_DESCRIBE_STRUCT(ColumnJson, (), (zh, en, is_number))

struct ChartJson {
  std::string kind;
  TextJson title;
  int label = 0;
  std::vector<int> values;
};
BOOST_DESCRIBE_STRUCT(ChartJson, (), (kind, title, label, values))

struct TableJson {
  TextJson title;
  std::vector<ColumnJson> columns;
  std::vector<RowJson> rows;
  std::int64_t row_count = 0;
  std::optional<ChartJson> chart;
};
BOOST_DESCRIBE_STRUCT(TableJson, (), (title, columns, rows, row_count, chart))

struct SectionJson {
  TextJson title, lead;
  std::vector<TextJson> sentences;
  std::vector<TableJson> tables;
};
BOOST_DESCRIBE_STRUCT(SectionJson, (), (title, lead, sentences, tables))

struct TileJson {
  TextJson label;
  CellJson figure;
  TextJson base;
};
BOOST_DESCRIBE_STRUCT(TileJson, (), (label, figure, base))

struct DocumentJson {
  TextJson title, lead;
  std::vector<TileJson> tiles;
  std::vector<SectionJson> sections;
  std::vector<TableJson> lists;
};
BOOST_DESCRIBE_STRUCT(DocumentJson, (), (title, lead, tiles, sections, lists))

TextJson json_of(const report::Text& text) { return {text.zh, text.en}; }

std::string code_of(report::Tone tone) {
  switch (tone) {
    case report::Tone::plain: return "plain";
    case report::Tone::good: return "good";
    case report::Tone::warning: return "warning";
    case report::Tone::bad: return "bad";
    case report::Tone::muted: return "muted";
  }
  return "plain";
}

std::string code_of(report::RowKind kind) {
  switch (kind) {
    case report::RowKind::plain: return "plain";
    case report::RowKind::heading: return "heading";
    case report::RowKind::total: return "total";
    case report::RowKind::sum: return "sum";
    case report::RowKind::difference: return "difference";
    case report::RowKind::base: return "base";
  }
  return "plain";
}

std::string code_of(report::Chart::Kind kind) {
  switch (kind) {
    case report::Chart::Kind::bars: return "bars";
    case report::Chart::Kind::pareto: return "pareto";
    case report::Chart::Kind::stacked: return "stacked";
    case report::Chart::Kind::lines: return "lines";
  }
  return "bars";
}

std::optional<std::string> number_of(const report::Value& value) {
  if (const auto* count = std::get_if<std::int64_t>(&value)) return std::to_string(*count);
  if (const auto* amount = std::get_if<Money>(&value)) return amount->yuan();
  if (const auto* number = std::get_if<report::Number>(&value)) return number->value.text(number->places);
  // Hundredths of a percent are to a percent what fen are to a yuan.
  if (const auto* share = std::get_if<report::Share>(&value); share && share->has_data())
    return Money::fen(share->basis_points()).yuan();
  return std::nullopt;
}

CellJson json_of(const report::Cell& cell) {
  const report::Text text = report::shown(cell.value);
  CellJson json{.zh = text.zh, .en = {}, .number = number_of(cell.value), .tone = {}};
  if (text.en != text.zh) json.en = text.en;
  if (cell.tone != report::Tone::plain) json.tone = code_of(cell.tone);
  return json;
}

TableJson json_of(const report::Table& table, std::size_t rows_max) {
  TableJson json{.title = json_of(table.title),
                 .columns = {},
                 .rows = {},
                 .row_count = static_cast<std::int64_t>(table.rows.size()),
                 .chart = {}};
  for (const report::Column& column : table.columns) json.columns.push_back({column.title.zh, column.title.en});
  for (const report::Row& row : table.rows) {
    for (std::size_t i = 0; row.kind == report::RowKind::plain && i < row.cells.size(); ++i)
      json.columns[i].is_number = json.columns[i].is_number || report::is_number(row.cells[i].value);
    if (json.rows.size() == rows_max) continue;
    RowJson& added = json.rows.emplace_back(RowJson{.kind = code_of(row.kind), .cells = {}});
    for (const report::Cell& cell : row.cells) added.cells.push_back(json_of(cell));
  }
  if (!table.chart) return json;
  json.chart = ChartJson{.kind = code_of(table.chart->kind),
                         .title = json_of(table.chart->title),
                         .label = static_cast<int>(table.chart->label),
                         .values = {}};
  for (const std::size_t column : table.chart->values) json.chart->values.push_back(static_cast<int>(column));
  return json;
}

SectionJson json_of(const report::Section& section) {
  SectionJson json{.title = json_of(section.title), .lead = json_of(section.lead), .sentences = {}, .tables = {}};
  for (const report::Text& sentence : section.sentences) json.sentences.push_back(json_of(sentence));
  for (const report::Table& table : section.tables) json.tables.push_back(json_of(table, table.rows.size()));
  return json;
}

}  // namespace

std::string report_json(const report::Document& document) {
  DocumentJson json{.title = json_of(document.title), .lead = json_of(document.lead)};
  for (const report::Tile& tile : document.tiles)
    json.tiles.push_back({json_of(tile.label), json_of(report::Cell(tile.figure)), json_of(tile.base)});
  for (const report::Section& section : document.sections) json.sections.push_back(json_of(section));
  for (const report::Table& list : document.lists) json.lists.push_back(json_of(list, list_rows_max));
  return json::text_of(json);
}

}  // namespace shouyue::api
