#pragma once

#include <span>
#include <string>
#include <string_view>

namespace shouyue::store {

enum class Dialect { sqlite, postgresql };

// How many steps there are: step n, counted from 0, makes version n + 1. Released steps never change.
int schema_versions();
// The statements of one step in the words of the engine.
std::string schema_step(int n, Dialect dialect);

// A table, and how many of its first columns order its rows.
struct TableKey {
  std::string_view name;
  int ordered_by;
};
// Every table of the present schema.
std::span<const TableKey> all_tables();

}  // namespace shouyue::store
