#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "base/date.hpp"
#include "base/error.hpp"
#include "insurer/codes.hpp"

namespace shouyue::app {

// Errors: profile.syntax, with file, line and column.
inline Result<toml::table> parse_toml(std::string_view text, const std::string& path) {
  try {
    return toml::parse(text, std::string_view(path));
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    const std::string where = path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
    return refuse(Errc::invalid_input, "profile.syntax", where + std::string(error.description()),
                  where + "不是有效的 TOML：" + std::string(error.description()));
  }
}

// One table of a settings file; the first thing that is wrong in the whole file is kept in `error`.
// Rules: profile.unknown_key, profile.missing_key, profile.wrong_value, each with file, line and column.
class TomlTable {
 public:
  TomlTable(const toml::table& table, const std::string& path, std::optional<Error>& error)
      : table_(table), path_(path), error_(error) {}

  void allow(std::initializer_list<std::string_view> keys) {
    for (const auto& [key, node] : table_)
      if (std::ranges::find(keys, key.str()) == keys.end())
        fail(node, "profile.unknown_key", "the key '" + std::string(key.str()) + "' is not known here",
             "此处没有“" + std::string(key.str()) + "”这个键");
  }
  bool has(std::string_view key) const { return table_.contains(key); }
  std::string text(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (!node) {
      fail(table_, "profile.missing_key", "the key '" + std::string(key) + "' is missing",
           "缺少键“" + std::string(key) + "”");
      return {};
    }
    if (const auto value = node->value_exact<std::string>()) return *value;
    wrong(*node, key, "text", "文本");
    return {};
  }
  std::optional<std::string> text_if_any(std::string_view key) {
    if (!has(key)) return std::nullopt;
    return text(key);
  }
  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> values;
    const toml::node* node = table_.get(key);
    if (!node) return values;
    const toml::array* array = node->as_array();
    if (!array) wrong(*node, key, "a list of texts", "文本列表");
    for (std::size_t i = 0; array && i < array->size(); ++i) {
      const auto value = (*array)[i].value_exact<std::string>();
      if (!value) wrong((*array)[i], key, "a list of texts", "文本列表");
      values.push_back(value.value_or(""));
    }
    return values;
  }
  bool flag(std::string_view key, bool otherwise) {
    const toml::node* node = table_.get(key);
    if (!node) return otherwise;
    if (const auto value = node->value_exact<bool>()) return *value;
    wrong(*node, key, "true or false", "true 或 false");
    return otherwise;
  }
  std::optional<int> number(std::string_view key, int least, int most) {
    const toml::node* node = table_.get(key);
    if (!node) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    const std::string range = std::to_string(least) + " … " + std::to_string(most);
    if (!value || *value < least || *value > most) wrong(*node, key, "a number of " + range, "整数 " + range);
    return static_cast<int>(value.value_or(least));
  }
  std::optional<int> region(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (!node) return std::nullopt;
    const auto number = node->value_exact<std::int64_t>();
    const auto written = node->value_exact<std::string>();
    const std::int64_t value = number ? *number : written ? std::atoll(written->c_str()) : 0;
    if ((value < 10 || value > 99) && (value < 1000 || value > 9999) && (value < 100'000 || value > 999'999))
      wrong(*node, key, "a region code of two, four or six digits", "两位、四位或六位行政区划代码");
    return static_cast<int>(value);
  }
  std::optional<Date> date(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (!node) return std::nullopt;
    const auto value = node->value_exact<toml::date>();
    if (!value) wrong(*node, key, "a date, 2021-10-08 without quotes", "日期（不加引号，如 2021-10-08）");
    return value ? Date::from_civil(value->year, value->month, value->day) : std::nullopt;
  }
  template <class Enum>
  std::optional<Enum> word(std::string_view key) {
    if (!has(key)) return std::nullopt;
    const auto value = insurer::from_word<Enum>(text(key));
    if (!value) wrong(*table_.get(key), key, "one of the words of the file formats", "文件格式中的用词");
    return value;
  }
  // Reads the table of that name, if there is one.
  template <class Read>
  void within(std::string_view key, Read read) {
    const toml::node* node = table_.get(key);
    if (!node) return;
    if (const toml::table* table = node->as_table()) return read(TomlTable(*table, path_, error_));
    wrong(*node, key, "a table", "表");
  }
  template <class Each>
  void each(std::string_view key, Each read) {
    const toml::node* node = table_.get(key);
    if (!node) return;
    const toml::array* array = node->as_array();
    if (!array) wrong(*node, key, "a list of tables", "表的列表");
    for (std::size_t i = 0; array && i < array->size(); ++i) {
      const toml::table* entry = (*array)[i].as_table();
      if (!entry) wrong((*array)[i], key, "a list of tables", "表的列表");
      if (entry) read(TomlTable(*entry, path_, error_));
    }
  }
  void wrong(std::string_view key, const std::string& en, const std::string& zh) {
    wrong(*table_.get(key), key, en, zh);
  }
  void wrong(const toml::node& node, std::string_view key, const std::string& en, const std::string& zh) {
    fail(node, "profile.wrong_value", "'" + std::string(key) + "' must be " + en,
         "“" + std::string(key) + "”应为" + zh);
  }

 private:
  void fail(const toml::node& node, const char* rule, const std::string& en, const std::string& zh) {
    if (error_) return;
    const auto at = node.source().begin;
    const std::string where = path_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
    error_ = Error{Errc::invalid_input, rule, where + en, where + zh};
  }
  const toml::table& table_;
  const std::string& path_;
  std::optional<Error>& error_;
};

}  // namespace shouyue::app
