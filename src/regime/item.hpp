#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "regime/load.hpp"

// The contents of a rule book before anything is known about their meaning: TOML values with the place they stand at.
namespace shouyue::regime {

struct Place {
  std::string book = {};  // id of the rule book
  std::string file = {};
  int line = 0;
  int column = 0;
};

enum class ItemKind : std::uint8_t { text, integer, boolean, date, array, table, unsupported };

struct Item {
  ItemKind kind = ItemKind::unsupported;
  std::string text = {};    // text
  std::int64_t number = 0;  // integer; boolean 0/1; date in days since 1970
  std::vector<Item> array = {};
  std::map<std::string, Item> table = {};
  Place place = {};

  bool is_table() const { return kind == ItemKind::table; }
  bool is_array_of_tables() const { return kind == ItemKind::array && !array.empty() && array.front().is_table(); }
  const Item* find(const std::string& key) const;
  // The `id` of an entry of a list; empty when it has none.
  std::string id() const;
};

// The tables of all files of a book as one; `book` is filled in from its `[regime]` table.
// Issues: regime.syntax, regime.duplicate_key.
Item read_book(const std::vector<Source>& files, std::vector<Issue>& issues);

// The same contents give the same text, whatever the order of keys, the spacing and the comments.
std::string canonical_text(const Item& item);

Issue issue_at(const Place& place, std::string rule, std::string en, std::string zh);
// `regimes/national/regime.toml:12`
std::string text_of(const Place& place);

// `followup.leg` + `first_call` -> `followup.leg.first_call`
std::string join_path(const std::string& path, const std::string& key);

// Calls `visit(table, path)` for the table, the tables in it, and the entries of its lists (by their id), parents
// first.
template <class Visit>
void for_each_table(const Item& item, const std::string& path, const Visit& visit) {
  visit(item, path);
  for (const auto& [key, child] : item.table) {
    if (child.is_table()) for_each_table(child, join_path(path, key), visit);
    if (!child.is_array_of_tables()) continue;
    for (const Item& entry : child.array)
      if (const std::string id = entry.id(); !id.empty())
        for_each_table(entry, join_path(join_path(path, key), id), visit);
  }
}

}  // namespace shouyue::regime
