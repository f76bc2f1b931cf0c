#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/rows.hpp"
#include "store/connection.hpp"
#include "vault/number_cipher.hpp"

// The tables of derived rows, column by column: the one place that says how a row struct lies in the database. The
// statements over them are built from it.
namespace shouyue::store {

// Lists of clause ids are few and long; rows hold the number of a list.
class ClauseLists {
 public:
  explicit ClauseLists(Connection& connection) : connection_(&connection) {}
  Result<std::int64_t> number(const std::string& text);
  Result<std::string> text(std::int64_t number);
  void forget();  // after a rollback the numbers given in it are void

 private:
  Connection* connection_;
  std::unordered_map<std::string, std::int64_t> numbers_;
  std::unordered_map<std::int64_t, std::string> texts_;
};

// What stands between the value of a row and that of its column.
struct Coding {
  ClauseLists& lists;
  const vault::NumberCipher* numbers;  // null where persons are not hidden
};

template <class Row>
struct Column {
  std::string_view name;
  Result<Value> (*value)(const Row&, Coding&);
  Result<void> (*read)(const AnswerRow&, int index, Row&, Coding&);
};

template <class Row, auto Member>
constexpr Column<Row> column(std::string_view name) {
  return {name, [](const Row& row, Coding&) -> Result<Value> { return Value(row.*Member); },
          [](const AnswerRow& answer, int index, Row& row, Coding&) -> Result<void> {
            answer.read(index, row.*Member);
            return {};
          }};
}

template <class Row, auto Member>
constexpr Column<Row> clause_column(std::string_view name) {
  return {name,
          [](const Row& row, Coding& coding) -> Result<Value> {
            const std::int64_t number = SHOUYUE_TRY(coding.lists.number(row.*Member));
            return Value(number);
          },
          [](const AnswerRow& answer, int index, Row& row, Coding& coding) -> Result<void> {
            row.*Member = SHOUYUE_TRY(coding.lists.text(answer.integer(index)));
            return {};
          }};
}

// A number that stands for a person.
template <class Row, auto Member>
constexpr Column<Row> person_column(std::string_view name) {
  return {name,
          [](const Row& row, Coding& coding) -> Result<Value> {
            return Value(coding.numbers ? coding.numbers->hidden(row.*Member) : row.*Member);
          },
          [](const AnswerRow& answer, int index, Row& row, Coding& coding) -> Result<void> {
            row.*Member = coding.numbers ? coding.numbers->shown(answer.integer(index)) : answer.integer(index);
            return {};
          }};
}

// Every table starts with `bucket` and `policy_no`; `policy_no` is the first of `columns`.
template <class Row>
struct Table {
  std::string_view name;
  int key;  // how many columns, with `bucket`
  std::span<const Column<Row>> columns;
};

template <class Row>
const Table<Row>& table();
template <>
const Table<app::CaseRow>& table<app::CaseRow>();
template <>
const Table<app::OpenCase>& table<app::OpenCase>();  // part of the same, for reading
template <>
const Table<app::TicketRow>& table<app::TicketRow>();
template <>
const Table<app::CommissionRow>& table<app::CommissionRow>();
template <>
const Table<app::EntryRow>& table<app::EntryRow>();
template <>
const Table<app::ReceiptRow>& table<app::ReceiptRow>();
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

// The row that the answer to such a question holds.
template <class Row>
Result<Row> row_of(const AnswerRow& answer, Coding& coding) {
  Row row;
  int index = 0;
  for (const auto& column : table<Row>().columns) SHOUYUE_CHECK(column.read(answer, index++, row, coding));
  return row;
}

// The table as it is written: `bucket` and all columns.
template <class Row>
const TableColumns& written() {
  static const TableColumns result = [] {
    TableColumns columns{.name = std::string(table<Row>().name), .columns = {"bucket"}, .key = table<Row>().key};
    for (const auto& column : table<Row>().columns) columns.columns.emplace_back(column.name);
    return columns;
  }();
  return result;
}

}  // namespace shouyue::store
