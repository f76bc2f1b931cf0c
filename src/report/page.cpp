#include "report/charts.hpp"
#include "report/html.hpp"
#include "report/style.hpp"

namespace shouyue::report {
namespace {

std::string_view class_of(RowKind kind) {
  switch (kind) {
    case RowKind::plain: return "";
    case RowKind::heading: return "group";
    case RowKind::total: return "total";
    case RowKind::sum: return "sum";
    case RowKind::difference: return "difference";
    case RowKind::base: return "base";
  }
  return "";
}

std::string_view class_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::good: return "good";
    case Tone::warning: return "warning";
    case Tone::bad: return "bad";
    case Tone::muted: return "muted";
  }
  return "";
}

std::string opened(std::string_view element, const std::string& classes) {
  return "<" + std::string(element) + (classes.empty() ? "" : " class=\"" + classes + "\"") + ">";
}

std::string paragraph(const char* kind, const Text& text) {
  return text.zh.empty() ? "" : "<p class=\"" + std::string(kind) + "\">" + both(text) + "</p>";
}

// Columns of figures stand to the right, their headings too.
std::vector<bool> number_columns(const Table& table) {
  std::vector<bool> numbers(table.columns.size(), false);
  for (const Row& row : table.rows)
    for (std::size_t i = 0; row.kind == RowKind::plain && i < row.cells.size(); ++i)
      numbers[i] = numbers[i] || is_number(row.cells[i].value);
  return numbers;
}

std::string row_html(const Row& row, std::size_t columns) {
  std::string out = opened("tr", std::string(class_of(row.kind)));
  if (row.kind == RowKind::heading)
    return out + "<th colspan=\"" + std::to_string(columns) + "\" scope=\"rowgroup\">" +
           both(shown(row.cells.front().value)) + "</th></tr>\n";
  for (const Cell& cell : row.cells) {
    std::string classes = is_number(cell.value) ? "n" : "";
    if (cell.tone != Tone::plain) classes += (classes.empty() ? "" : " ") + std::string(class_of(cell.tone));
    if (std::holds_alternative<NoData>(cell.value)) classes += " empty";
    out += opened("td", classes) + both(shown(cell.value)) + "</td>";
  }
  return out + "</tr>\n";
}

std::string table_html(const Table& table) {
  if (table.rows.empty()) return "<p class=\"empty\">" + both("本期无数据", "No data in this period") + "</p>";
  const std::vector<bool> numbers = number_columns(table);
  std::string out = "<div class=\"wide\"><table><thead><tr>";
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out += std::string("<th scope=\"col\"") + (numbers[i] ? " class=\"n\">" : ">") + both(table.columns[i].title) +
           "</th>";
  out += "</tr></thead><tbody>\n";
  for (const Row& row : table.rows) out += row_html(row, table.columns.size());
  return out + "</tbody></table></div>\n";
}

std::string folded(const Table& table) {
  const std::string rows = grouped(static_cast<std::int64_t>(table.rows.size()));
  return "<details><summary>" + both("共 " + rows + " 行，展开", rows + " rows, show") + "</summary>" +
         table_html(table) + "</details>";
}

std::string titled_table(const Table& table) {
  const bool is_by_day = table.chart && table.chart->kind == Chart::Kind::lines && !table.rows.empty();
  return (table.title.zh.empty() ? "" : "<h3>" + both(table.title) + "</h3>") + chart_svg(table) +
         (is_by_day ? folded(table) : table_html(table));
}

std::string section_html(const Section& section) {
  std::string out = "<section><h2>" + both(section.title) + "</h2>" + paragraph("lead", section.lead);
  if (!section.sentences.empty()) {
    out += "<ul class=\"sentences\">";
    for (const Text& sentence : section.sentences) out += "<li>" + both(sentence) + "</li>";
    out += "</ul>";
  }
  for (const Table& table : section.tables) out += titled_table(table);
  return out + "</section>\n";
}

std::string list_html(const Table& list) {
  return "<section><h2>" + both(list.title) + "</h2>" + folded(list) + "</section>\n";
}

std::string tiles_html(const std::vector<Tile>& tiles) {
  if (tiles.empty()) return "";
  std::string out = "<div class=\"tiles\">";
  for (const Tile& tile : tiles)
    out += "<div class=\"tile\"><div class=\"tile-label\">" + both(tile.label) + "</div><div class=\"figure\">" +
           both(shown(tile.figure)) + "</div><div class=\"base\">" + both(tile.base) + "</div></div>";
  return out + "</div>\n";
}

std::string radio(const char* language, bool checked) {
  return std::string("<input type=\"radio\" name=\"language\" id=\"in-") + language + "\"" +
         (checked ? " checked>" : ">");
}

}  // namespace

std::string page(const Document& document, bool english_first) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" +
      escaped(english_first ? document.title.en : document.title.zh) + "</title><style>" + std::string(style_sheet) +
      "</style></head><body>\n" + radio("zh", !english_first) + radio("en", english_first) + "\n<main>" +
      std::string(hatch_pattern) +
      "<nav><label for=\"in-zh\">中文</label><label for=\"in-en\">English</label></nav>\n<header><h1>" +
      both(document.title) + "</h1>" + paragraph("lead", document.lead) + "</header>\n" + tiles_html(document.tiles);
  for (const Section& section : document.sections) out += section_html(section);
  for (const Table& list : document.lists) out += list_html(list);
  return out + "</main></body></html>\n";
}

}  // namespace shouyue::report
