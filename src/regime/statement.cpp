#include "regime/statement.hpp"

#include <algorithm>

#include "base/date.hpp"

namespace shouyue::regime {
namespace {

std::string plain_text(const Item& item) {
  if (item.kind == ItemKind::text) return item.text;
  if (item.kind != ItemKind::array) return canonical_text(item);
  std::string result;
  for (const Item& entry : item.array) result += (result.empty() ? "" : ", ") + plain_text(entry);
  return result;
}

std::string text_at(const Item& table, const std::string& key) {
  const Item* found = table.find(key);
  return found ? plain_text(*found) : "";
}

// The pieces of a score as formulas of the value: `x ≥ 0%: 0; x ≥ 90%: 300x - 270`
std::string formulas(const Item& pieces) {
  std::string result;
  for (const Item& piece : pieces.array) {
    const std::string slope = text_at(piece, "slope"), offset = text_at(piece, "offset");
    result += (result.empty() ? "x ≥ " : "; x ≥ ") + text_at(piece, "from") + ": ";
    if (slope != "0") result += slope + (offset.starts_with('-') ? "x - " : "x + ");
    result += slope != "0" && offset.starts_with('-') ? offset.substr(1) : offset;
  }
  return result;
}

bool is_clause_key(const std::string& key) {
  constexpr std::string_view keys[] = {"id", "title", "title_en", "cite", "status", "note", "values", "exceptions"};
  return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

std::vector<StatedValue> stated_values(const Item& table, const std::string& key) {
  std::vector<StatedValue> result;
  const Item* list = table.find(key);
  if (!list) return result;
  for (const Item& entry : list->array)
    result.push_back({.value = text_at(entry, "value"),
                      .from = text_at(entry, "from"),
                      .known_from = text_at(entry, "known_from"),
                      .when = text_at(entry, "when"),
                      .priority = text_at(entry, "priority"),
                      .cite = text_at(entry, "cite")});
  return result;
}

Statement statement_of(const Item& table, const std::string& path) {
  Statement statement;
  statement.path = path;
  statement.clause = {.id = table.place.book + "/" + path,
                      .title = text_at(table, "title"),
                      .title_en = text_at(table, "title_en"),
                      .cite = text_at(table, "cite"),
                      .assumed = table.find("status") != nullptr,
                      .note = text_at(table, "note"),
                      .file = table.place.file,
                      .line = table.place.line};
  statement.values = stated_values(table, "values");
  for (StatedValue& exception : stated_values(table, "exceptions")) statement.values.push_back(std::move(exception));
  for (const auto& [key, value] : table.table) {
    const bool speaks_for_itself =
        value.is_table() || (value.is_array_of_tables() && !value.array.front().id().empty());
    if (!speaks_for_itself && !is_clause_key(key))
      statement.settings.emplace_back(key, key == "pieces" ? formulas(value) : plain_text(value));
  }
  return statement;
}

}  // namespace

std::vector<Statement> statements_of(const Item& merged) {
  std::vector<Statement> result;
  for_each_table(merged, "", [&](const Item& table, const std::string& path) {
    if (path.empty() || path == "regime") return;
    Statement statement = statement_of(table, path);
    if (!statement.clause.title.empty() || !statement.settings.empty()) result.push_back(std::move(statement));
  });
  std::stable_sort(result.begin(), result.end(),
                   [](const Statement& a, const Statement& b) { return a.path < b.path; });
  return result;
}

}  // namespace shouyue::regime
