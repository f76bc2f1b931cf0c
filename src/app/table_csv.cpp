#include "app/table_csv.hpp"

#include "app/without_formula.hpp"
#include "base/csv.hpp"

namespace shouyue::app {
namespace {

std::string cell_text(const report::Value& value, Language language) {
  if (const auto* text = std::get_if<report::Text>(&value))
    return without_formula(language == Language::english ? text->en : text->zh);
  if (const auto* count = std::get_if<std::int64_t>(&value)) return std::to_string(*count);
  if (const auto* amount = std::get_if<Money>(&value)) return amount->yuan();
  if (const auto* number = std::get_if<report::Number>(&value)) return number->value.text(number->places);
  if (const auto* share = std::get_if<report::Share>(&value)) return share->has_data() ? share->text() : "";
  if (const auto* day = std::get_if<Date>(&value)) return day->text();
  if (const auto* moment = std::get_if<Instant>(&value)) return moment->text();
  return {};
}

}  // namespace

std::string table_csv(const report::Table& table, Language language) {
  std::string text = "\xEF\xBB\xBF";
  std::vector<std::string_view> cells;
  for (const report::Column& column : table.columns)
    cells.emplace_back(language == Language::english ? column.title.en : column.title.zh);
  csv_write_row(text, cells);
  for (const report::Row& row : table.rows) {
    std::vector<std::string> texts;
    for (const report::Cell& cell : row.cells) texts.push_back(cell_text(cell.value, language));
    cells.assign(texts.begin(), texts.end());
    csv_write_row(text, cells);
  }
  return text;
}

}  // namespace shouyue::app
