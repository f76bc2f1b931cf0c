#include "app/report_workbook.hpp"

#include "app/files.hpp"
#include "app/workbook.hpp"

namespace shouyue::app {
namespace {

using report::Cell;
using report::Row;
using report::RowKind;
using report::Table;
using report::Text;
using report::Tone;

constexpr std::int64_t seconds_a_day = 86'400;
constexpr std::int64_t days_to_1970 = 25'569;  // of a spreadsheet, whose day 1 is 1900-01-01

Fill fill_of(RowKind kind) {
  switch (kind) {
    case RowKind::plain: return Fill::none;
    case RowKind::heading:
    case RowKind::total:
    case RowKind::sum:
    case RowKind::base: return Fill::subtotal;
    case RowKind::difference: return Fill::difference;
  }
  return Fill::none;
}

Fill fill_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return Fill::none;
    case Tone::good: return Fill::good;
    case Tone::warning: return Fill::warning;
    case Tone::bad: return Fill::bad;
    case Tone::muted: return Fill::muted;
  }
  return Fill::none;
}

class Writer {
 public:
  Writer(const std::filesystem::path& out, Language language)
      : workbook_(out, Workbook::Memory::whole), is_english_(language == Language::english) {}

  Result<void> write(const report::Document& document) {
    workbook_.add_sheet(is_english_ ? "Report" : "报表", said(document.title));
    set_widths(document);
    line(document.title, {.is_title = true});
    line(document.lead, {});
    tiles(document.tiles);
    for (const report::Section& section : document.sections) this->section(section);
    for (const Table& list : document.lists) this->list(list, said(document.title));
    return workbook_.close();
  }

 private:
  const std::string& said(const Text& text) const { return is_english_ ? text.en : text.zh; }

  void line(const Text& text, const Style& style) {
    if (!text.zh.empty()) workbook_.text({row_, 0}, said(text), style);
    ++row_;
  }

  // Tables stand below one another, so a column is as wide as the widest that comes to stand in it.
  void set_widths(const report::Document& document) {
    std::vector<int> widths{30, 14, 14};
    for (const report::Section& section : document.sections)
      for (const Table& table : section.tables)
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
          if (widths.size() <= i) widths.push_back(0);
          widths[i] = std::max(widths[i], table.columns[i].width);
        }
    for (std::size_t i = 0; i < widths.size(); ++i) workbook_.column_width(static_cast<std::uint16_t>(i), widths[i]);
  }

  void tiles(const std::vector<report::Tile>& tiles) {
    if (tiles.empty()) return;
    ++row_;
    for (const report::Tile& tile : tiles) {
      workbook_.text({row_, 0}, said(tile.label), {.is_strong = true, .is_bordered = true});
      value({row_, 1}, tile.figure, {.is_strong = true, .is_bordered = true});
      workbook_.text({row_, 2}, said(tile.base), {});
      ++row_;
    }
  }

  void section(const report::Section& section) {
    ++row_;
    line(section.title, {.fill = Fill::heading, .is_strong = true});
    if (!section.lead.zh.empty()) line(section.lead, {});
    for (const Text& sentence : section.sentences) line(sentence, {});
    for (const Table& table : section.tables) {
      if (!table.title.zh.empty()) line(table.title, {.is_strong = true});
      this->table(table);
      ++row_;
    }
  }

  void headings(const Table& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      workbook_.text({row_, column(i)}, said(table.columns[i].title),
                     {.fill = Fill::heading, .is_strong = true, .is_bordered = true, .is_wrapped = true});
    ++row_;
  }

  void table(const Table& table) {
    if (table.rows.empty()) {
      line({"本期无数据", "No data in this period"}, {});
      return;
    }
    headings(table);
    const std::uint32_t first = row_;
    std::uint32_t last_plain = row_;
    for (const Row& row : table.rows) {
      if (row.kind == RowKind::plain) last_plain = row_;
      this->row(row, table.columns.size());
    }
    if (table.chart) chart(table, *table.chart, first, last_plain);
  }

  void row(const Row& row, std::size_t columns) {
    const bool is_plain = row.kind == RowKind::plain;
    for (std::size_t i = 0; i < columns; ++i) {
      Style style{.fill = fill_of(row.kind), .is_strong = !is_plain, .is_bordered = true};
      const At at{row_, column(i)};
      if (i >= row.cells.size()) {
        workbook_.blank(at, style);
        continue;
      }
      if (row.cells[i].tone != Tone::plain) style.fill = fill_of(row.cells[i].tone);
      value(at, row.cells[i].value, style);
    }
    ++row_;
  }

  void value(At at, const report::Value& value, Style style) {
    const auto number = [&](Fraction fraction, NumberFormat format, int places = 0) {
      style.number = format;
      style.places = places;
      workbook_.number(at, fraction, style);
    };
    if (const auto* count = std::get_if<std::int64_t>(&value)) return number({*count, 1}, NumberFormat::count);
    if (const auto* share = std::get_if<report::Share>(&value); share && share->has_data())
      return number({share->basis_points(), 10'000}, NumberFormat::share);
    if (const auto* amount = std::get_if<Money>(&value)) return number({amount->in_fen(), 100}, NumberFormat::yuan);
    if (const auto* decimal = std::get_if<report::Number>(&value))
      return number({decimal->value.in_millionths(), 1'000'000}, NumberFormat::places, decimal->places);
    if (const auto* day = std::get_if<Date>(&value)) return number({day->days() + days_to_1970, 1}, NumberFormat::day);
    if (const auto* moment = std::get_if<Instant>(&value))
      return number({(moment->date().days() + days_to_1970) * seconds_a_day + moment->second_of_day(), seconds_a_day},
                    NumberFormat::moment);
    style.is_right = report::is_number(value);
    workbook_.text(at, said(report::shown(value)), style);
  }

  void chart(const Table& table, const report::Chart& chart, std::uint32_t first, std::uint32_t last) {
    constexpr std::uint32_t rows = 17;  // that a chart covers
    using Kind = report::Chart::Kind;
    if (chart.kind == Kind::lines) return;
    ChartRange range{.first_row = first, .last_row = last, .labels = column(chart.label), .values = {}};
    for (std::size_t i = 0; i < (chart.kind == Kind::stacked ? chart.values.size() : 1); ++i)
      range.values.push_back(column(chart.values[i]));
    if (table.rows.size() < 2) return;
    workbook_.bar_chart({row_ + 1, 0}, said(chart.title), range, chart.kind == Kind::stacked);
    row_ += rows;
  }

  void list(const Table& list, const std::string& footer) {
    workbook_.add_sheet(said(list.title), footer);
    row_ = 0;
    headings(list);
    for (std::size_t i = 0; i < list.columns.size(); ++i) workbook_.column_width(column(i), list.columns[i].width);
    for (const Row& row : list.rows) this->row(row, list.columns.size());
    workbook_.keep_in_view(1);
    if (!list.rows.empty())
      workbook_.filter(0, static_cast<std::uint32_t>(list.rows.size()), column(list.columns.size() - 1));
  }

  static std::uint16_t column(std::size_t index) { return static_cast<std::uint16_t>(index); }

  Workbook workbook_;
  bool is_english_;
  std::uint32_t row_ = 0;
};

}  // namespace

Result<void> write_report_workbook(const report::Document& document, Language language,
                                   const std::filesystem::path& out) {
  return Writer(out, language).write(document);
}

Result<void> write_report(const report::Document& document, Language language, const std::filesystem::path& out) {
  if (out.extension() == ".xlsx") return write_report_workbook(document, language, out);
  if (out.extension() == ".html") return write_file(out, report::page(document, language == Language::english));
  return refuse(Errc::invalid_input, "report.file_kind",
                "a report is a page or a workbook: give --out FILE.html or --out FILE.xlsx",
                "报表为网页或工作簿：请用 --out 文件名.html 或 --out 文件名.xlsx");
}

}  // namespace shouyue::app
