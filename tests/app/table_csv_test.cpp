#include "app/table_csv.hpp"

#include <doctest/doctest.h>

using namespace shouyue;
using namespace shouyue::app;

TEST_CASE("no text of a table is a formula for a spreadsheet, and numbers stay numbers") {
  report::Table table{.title = {}, .columns = {{.title = {"=甲", "=a"}}}, .rows = {}};
  const auto add = [&table](report::Value value) { table.rows.push_back({.cells = {{std::move(value)}}}); };
  for (const char* text : {"=HYPERLINK(1)", "+1+1", "-1-1", "@SUM(A1)", "\tx", "-12.50", "张三", "a=b"})
    add(report::Text{text, text});
  add(std::int64_t{-3});
  add(Money::fen(-123));
  CHECK(table_csv(table, Language::english) ==
        "\xEF\xBB\xBF=a\n'=HYPERLINK(1)\n'+1+1\n'-1-1\n'@SUM(A1)\n'\tx\n-12.50\n张三\na=b\n"
        "-3\n-1.23\n");
}
