#include "store/connection.hpp"

namespace shouyue::store {

std::string insert_sql(const TableColumns& table) {
  std::string names, values;
  for (std::size_t n = 0; n < table.columns.size(); ++n) {
    names += (n == 0 ? "" : ", ") + table.columns[n];
    values += (n == 0 ? "$" : ", $") + std::to_string(n + 1);
  }
  return "INSERT INTO " + table.name + " (" + names + ") VALUES (" + values + ")";
}

std::string on_conflict_sql(const TableColumns& table) {
  std::string key;
  for (int n = 0; n < table.key; ++n) key += (n == 0 ? "" : ", ") + table.columns[static_cast<std::size_t>(n)];
  return " ON CONFLICT (" + key + ") DO ";
}

std::string delete_sql(const TableColumns& table, std::size_t width) {
  std::string where;
  for (std::size_t n = 0; n < width; ++n)
    where += (n == 0 ? "" : " AND ") + table.columns[n] + " = $" + std::to_string(n + 1);
  return "DELETE FROM " + table.name + " WHERE " + where;
}

}  // namespace shouyue::store
