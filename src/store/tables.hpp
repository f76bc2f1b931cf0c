#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "app/rows.hpp"
#include "store/sqlite_connection.hpp"

// The tables of derived rows, column by column: the one place that says how a row struct lies in the database. The
// statements over them are built from it.
namespace shouyue::store {

// Lists of clause ids are few and long; rows hold the number of a list.
class ClauseLists {
 public:
  explicit ClauseLists(SqliteConnection& connection) : connection_(&connection) {}
  Result<std::int64_t> number(const std::string& text);
  Result<std::string> text(std::int64_t number);
  void forget();  // after a rollback the numbers given in it are void

 private:
  SqliteConnection* connection_;
  std::unordered_map<std::string, std::int64_t> numbers_;
  std::unordered_map<std::int64_t, std::string> texts_;
};

template <class Row>
struct Column {
  std::string_view name;
  Result<void> (*bind)(Statement&, int index, const Row&, ClauseLists&);
  Result<void> (*read)(const Statement&, int index, Row&, ClauseLists&);
};

template <class Row, auto Member>
constexpr Column<Row> column(std::string_view name) {
  return {name,
          [](Statement& statement, int index, const Row& row, ClauseLists&) -> Result<void> {
            statement.bind(index, row.*Member);
            return {};
          },
          [](const Statement& statement, int index, Row& row, ClauseLists&) -> Result<void> {
            statement.read(index, row.*Member);
            return {};
          }};
}

template <class Row, auto Member>
constexpr Column<Row> clause_column(std::string_view name) {
  return {name,
          [](Statement& statement, int index, const Row& row, ClauseLists& lists) -> Result<void> {
            statement.bind(index, SHOUYUE_TRY(lists.number(row.*Member)));
            return {};
          },
          [](const Statement& statement, int index, Row& row, ClauseLists& lists) -> Result<void> {
            row.*Member = SHOUYUE_TRY(lists.text(statement.integer(index)));
            return {};
          }};
}

// Every table starts with `bucket` and `policy_no`; `policy_no` is the first of `columns`.
template <class Row>
struct Table {
  std::string_view name;
  std::span<const Column<Row>> columns;
};

template <class Row>
const Table<Row>& table();
template <>
const Table<app::CaseRow>& table<app::CaseRow>();
template <>
const Table<app::TicketRow>& table<app::TicketRow>();
template <>
const Table<app::CommissionRow>& table<app::CommissionRow>();
template <>
const Table<app::EntryRow>& table<app::EntryRow>();
template <>
const Table<app::RefusedRow>& table<app::RefusedRow>();

// SELECT of all columns, followed by `tail` (WHERE …, ORDER BY …).
template <class Row>
std::string select_sql(std::string_view tail) {
  std::string sql = "SELECT ";
  for (const auto& column : table<Row>().columns) {
    if (sql.size() > 7) sql += ", ";
    sql += column.name;
  }
  return sql + " FROM " + std::string(table<Row>().name) + " " + std::string(tail);
}

template <class Row>
std::string insert_sql() {
  std::string names = "bucket", values = "$1";
  int n = 1;
  for (const auto& column : table<Row>().columns) {
    names += ", " + std::string(column.name);
    values += ", $" + std::to_string(++n);
  }
  return "INSERT INTO " + std::string(table<Row>().name) + " (" + names + ") VALUES (" + values + ")";
}

// Replaces the row of the same policy; for tables with one row a policy.
template <class Row>
std::string upsert_sql() {
  std::string updates;
  for (const auto& column : table<Row>().columns.subspan(1))
    updates += (updates.empty() ? "" : ", ") + std::string(column.name) + " = excluded." + std::string(column.name);
  return insert_sql<Row>() + " ON CONFLICT (bucket, policy_no) DO UPDATE SET " + updates;
}

template <class Row>
std::string delete_sql() {
  return "DELETE FROM " + std::string(table<Row>().name) + " WHERE bucket = $1 AND policy_no = $2";
}

}  // namespace shouyue::store
