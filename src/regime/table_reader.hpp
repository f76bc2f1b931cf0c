#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "expr/expression.hpp"
#include "insurer/codes.hpp"
#include "regime/item.hpp"

namespace shouyue::regime {

// What the readers of all sections share: the issues so far, and what conditions may speak of.
struct Reading {
  std::vector<Issue> issues = {};
  Date binds_from = {};
  expr::Schema policy = {}, attempt = {}, ticket = {}, commission = {}, policy_columns = {}, ticket_columns = {};
  expr::Schema analysis = {};
};

// Reads one table strictly and goes on after a mistake with a harmless value, so that all mistakes are found at once.
// Keys that nobody asked for are reported when the reader goes. Issues: regime.missing_key, regime.unknown_key,
// regime.wrong_type, regime.unknown_word, regime.condition.*.
class TableReader {
 public:
  TableReader(const Item& table, std::string path, Reading& reading);
  ~TableReader();
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;

  const Place& place() const { return table_.place; }
  const std::string& path() const { return path_; }
  Reading& reading() const { return reading_; }
  bool has(const std::string& key) { return find(key) != nullptr; }
  // All keys of the table, for tables whose keys are names of the book's own; each must still be asked for.
  std::vector<std::string> keys() const;
  // Where the key stands, or the table when it does not.
  const Place& place_of(const std::string& key) const;
  void issue(const std::string& key, const std::string& rule, const std::string& en, const std::string& zh) const;

  std::string text(const std::string& key);
  std::optional<std::string> text_if(const std::string& key);
  std::vector<std::string> texts(const std::string& key);  // a text or a list of texts
  std::int64_t integer(const std::string& key);
  std::optional<std::int64_t> integer_if(const std::string& key);
  bool flag(const std::string& key);
  bool flag_or(const std::string& key, bool otherwise);
  Date date(const std::string& key);
  std::optional<Date> date_if(const std::string& key);
  Decimal decimal(const std::string& key);  // written as text
  std::optional<Decimal> decimal_if(const std::string& key);
  // A condition (boolean). Of a missing or wrong one: the condition that always holds.
  expr::Expression condition(const std::string& key, const expr::Schema& schema);

  // Index of the word in a closed list; 0 when it is wrong.
  std::size_t choice(const std::string& key, std::span<const std::string_view> words);
  template <class Enum>
  Enum word(const std::string& key) {
    return static_cast<Enum>(choice(key, codes<Enum>()));
  }
  template <class Enum>
  std::optional<Enum> word_if(const std::string& key) {
    return has(key) ? std::optional(word<Enum>(key)) : std::nullopt;
  }
  template <class Enum>
  std::vector<Enum> words(const std::string& key) {
    std::vector<Enum> result;
    for (const std::size_t index : choices(key, codes<Enum>())) result.push_back(static_cast<Enum>(index));
    return result;
  }
  std::vector<std::size_t> choices(const std::string& key, std::span<const std::string_view> words);

  const Item* table_if(const std::string& key);  // empty when there is none
  const Item* table(const std::string& key);     // the same, and an issue
  std::span<const Item> tables(const std::string& key);
  std::span<const Item> required_tables(const std::string& key);
  // The value as it is, for readers with types of their own; empty, with an issue, when it is missing.
  const Item* value(const std::string& key);

 private:
  template <class Enum>
  static std::vector<std::string_view> codes() {
    std::vector<std::string_view> result;
    for (const insurer::Word& word : insurer::words<Enum>()) result.push_back(word.code);
    return result;
  }
  std::string label() const;
  const Item* find(const std::string& key);
  const Item* find(const std::string& key, ItemKind kind, bool required);
  std::optional<Decimal> decimal_of(const std::string& key, bool required);
  std::optional<std::size_t> index_of(const Item& word, const std::string& key,
                                      std::span<const std::string_view> words);

  const Item& table_;
  std::string path_;
  Reading& reading_;
  std::set<std::string> asked_;
};

// `a date`, `日期` …
std::string name_of(ItemKind kind);
std::string chinese_name_of(ItemKind kind);

}  // namespace shouyue::regime
