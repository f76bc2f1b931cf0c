#include "regime/item.hpp"

#include <toml++/toml.h>

#include "base/date.hpp"

namespace shouyue::regime {
namespace {

Place place_of(const toml::source_region& region, const std::string& file) {
  return {.book = "",
          .file = file,
          .line = static_cast<int>(region.begin.line),
          .column = static_cast<int>(region.begin.column)};
}

Item item_of(const toml::node& node, const std::string& file) {
  Item item;
  item.place = place_of(node.source(), file);
  if (const auto* table = node.as_table()) {
    item.kind = ItemKind::table;
    for (const auto& [key, value] : *table) item.table.emplace(std::string(key.str()), item_of(value, file));
  } else if (const auto* array = node.as_array()) {
    item.kind = ItemKind::array;
    for (const toml::node& value : *array) item.array.push_back(item_of(value, file));
  } else if (const auto* text = node.as_string()) {
    item.kind = ItemKind::text;
    item.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    item.kind = ItemKind::integer;
    item.number = integer->get();
  } else if (const auto* boolean = node.as_boolean()) {
    item.kind = ItemKind::boolean;
    item.number = boolean->get() ? 1 : 0;
  } else if (const auto* date = node.as_date()) {
    if (const auto day = Date::from_civil(date->get().year, date->get().month, date->get().day)) {
      item.kind = ItemKind::date;
      item.number = day->days();
    }
  }
  return item;
}

Item read_file(const Source& source, std::vector<Issue>& issues) {
  try {
    return item_of(toml::parse(std::string_view(source.text), std::string_view(source.path)), source.path);
  } catch (const toml::parse_error& error) {
    const std::string what(error.description());
    issues.push_back(issue_at(place_of(error.source(), source.path), "regime.syntax", "not valid TOML: " + what,
                              "TOML 格式错误：" + what));
  }
  return {.kind = ItemKind::table, .place = {.file = source.path}};
}

void join_files(Item& whole, Item&& part, std::vector<Issue>& issues) {
  for (auto& [key, value] : part.table) {
    const auto [known, is_new] = whole.table.try_emplace(key);
    Item& old = known->second;
    if (is_new) {
      old = std::move(value);
    } else if (old.is_table() && value.is_table()) {
      join_files(old, std::move(value), issues);
    } else if (old.is_array_of_tables() && value.is_array_of_tables()) {
      for (Item& entry : value.array) old.array.push_back(std::move(entry));
    } else {
      issues.push_back(issue_at(value.place, "regime.duplicate_key",
                                "'" + key + "' stands already at " + text_of(old.place),
                                "“" + key + "”已在 " + text_of(old.place) + " 写过"));
    }
  }
}

void set_book(Item& item, const std::string& book) {
  item.place.book = book;
  for (Item& child : item.array) set_book(child, book);
  for (auto& [key, child] : item.table) set_book(child, book);
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

}  // namespace

const Item* Item::find(const std::string& key) const {
  const auto found = table.find(key);
  return found == table.end() ? nullptr : &found->second;
}

std::string Item::id() const {
  const Item* found = find("id");
  return found && found->kind == ItemKind::text ? found->text : "";
}

Item read_book(const std::vector<Source>& files, std::vector<Issue>& issues) {
  Item whole{.kind = ItemKind::table};
  if (!files.empty()) whole.place.file = files.front().path;
  for (const Source& file : files) join_files(whole, read_file(file, issues), issues);
  const Item* heading = whole.find("regime");
  set_book(whole, heading ? heading->id() : "");
  return whole;
}

std::string canonical_text(const Item& item) {
  switch (item.kind) {
    case ItemKind::text: return quoted(item.text);
    case ItemKind::integer: return std::to_string(item.number);
    case ItemKind::boolean: return item.number ? "true" : "false";
    case ItemKind::date: return Date::from_days(static_cast<std::int32_t>(item.number)).text();
    case ItemKind::array: {
      std::string result = "[";
      for (const Item& child : item.array) result += canonical_text(child) + ",";
      return result + "]";
    }
    case ItemKind::table: {
      std::string result = "{";
      for (const auto& [key, child] : item.table) result += quoted(key) + "=" + canonical_text(child) + ",";
      return result + "}";
    }
    case ItemKind::unsupported: break;
  }
  return "?";
}

Issue issue_at(const Place& place, std::string rule, std::string en, std::string zh) {
  return {.rule = std::move(rule),
          .file = place.file,
          .line = place.line,
          .column = place.column,
          .en = std::move(en),
          .zh = std::move(zh)};
}

std::string text_of(const Place& place) { return place.file + ":" + std::to_string(place.line); }

std::string text_of(const Issue& issue) {
  return issue.file + ":" + std::to_string(issue.line) + ":" + std::to_string(issue.column) + ": " + issue.rule + ": " +
         issue.en;
}

std::string join_path(const std::string& path, const std::string& key) { return path.empty() ? key : path + "." + key; }

}  // namespace shouyue::regime
