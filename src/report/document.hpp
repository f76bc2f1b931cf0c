#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "report/share.hpp"

// A report before it is a page or a workbook. Both are made from this alone, so their figures are the same.
namespace shouyue::report {

// One thing said in both languages of the report.
struct Text {
  std::string zh, en;
};

// What both languages write alike: a number, a name, a code.
Text same(std::string text);
// There is nothing that a figure could be made of: never 0, never 100 %.
struct NoData {};
// A number that is shown with so many decimals.
struct Number {
  Decimal value;
  int places = 2;
};
// A number is a count; money is in yuan.
using Value = std::variant<NoData, Text, std::int64_t, Share, Money, Number, Date, Instant>;

template <class T>
Value value_of(const std::optional<T>& value) {
  return value ? Value(*value) : Value(NoData());
}
bool is_number(const Value& value);
// What a reader sees: 1,234 · 63.55% · 1,234.50 · 2021-10-08 · – without data.
Text shown(const Value& value);

// What a colour says. good, warning and bad are 正常, 警告 and 超时; the words always stand beside the colour.
enum class Tone : std::uint8_t { plain, good, warning, bad, muted };

struct Cell {
  Value value;
  Tone tone = Tone::plain;
  Cell(Value given, Tone colour = Tone::plain) : value(std::move(given)), tone(colour) {}
};

// `sum`, `difference` and `base` stand below the rows that they speak of.
enum class RowKind : std::uint8_t { plain, heading, total, sum, difference, base };

struct Row {
  std::vector<Cell> cells;  // of a heading: one
  RowKind kind = RowKind::plain;
};

struct Column {
  Text title;
  int width = 12;  // in characters of a sheet
};

// A drawing of the plain rows of a table.
struct Chart {
  enum class Kind : std::uint8_t {
    bars,     // values: the bar (a share: of 100 %), then what is written beside it
    pareto,   // values: count, share, cumulated share; the rows stand by count
    stacked,  // values: counts that make the whole
    lines,    // values: two counts a day; muted rows are days off
  };
  Kind kind = Kind::bars;
  Text title;
  std::size_t label = 0;            // column
  std::vector<std::size_t> values;  // columns
};

struct Table {
  Text title;  // may be empty
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::optional<Chart> chart = std::nullopt;
};

// Closes a table whose columns are label, count, share (and perhaps more): the sum of the parts, the difference to
// their base when there is one, and the base. `why`: what is known about the difference.
void add_balance(Table& table, std::int64_t sum, std::int64_t base, const Text& base_label, const Text& why = {});
void add_balance(Table& table, Money sum, Money base, const Text& base_label, const Text& why = {});

struct Section {
  Text title, lead;
  std::vector<Text> sentences = {};
  std::vector<Table> tables = {};
};

struct Tile {
  Text label;
  Value figure;
  Text base;
};

struct Document {
  Text title, lead;
  std::vector<Tile> tiles;
  std::vector<Section> sections;
  std::vector<Table> lists;  // the cases behind the figures: long tables, each a sheet of its own
};

// A report of one table.
Document document_of(Text title, Table table);

// A page that stands alone: HTML 5, styles and charts inside, no script, nothing loaded from elsewhere; both languages
// with a switch, fit for printing on A4. Every text is escaped.
std::string page(const Document& document, bool english_first = false);

}  // namespace shouyue::report
