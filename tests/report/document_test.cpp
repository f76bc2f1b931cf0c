#include "report/document.hpp"

#include <doctest/doctest.h>

#include "report/charts.hpp"
#include "report/html.hpp"

using namespace shouyue;
using namespace shouyue::report;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Table parts(std::vector<std::int64_t> counts, std::int64_t base) {
  Table table{.columns = {{{"项目", "Part"}}, {{"件数", "Cases"}}, {{"占比", "Share"}}}};
  std::int64_t sum = 0;
  for (const std::int64_t count : counts) {
    sum += count;
    table.rows.push_back({{Cell(Text{"甲", "A"}), Cell(count), Cell(Share{count, base})}});
  }
  add_balance(table, sum, base, {"全部", "all"}, {"未说明", "not explained"});
  return table;
}

}  // namespace

TEST_CASE("shares are rounded half up from the exact fraction") {
  struct Row {
    std::int64_t part, whole;
    const char* text;
  };
  for (const Row& row : {Row{2582, 4063, "63.55%"}, Row{1112, 4063, "27.37%"}, Row{1110, 4063, "27.32%"},
                         Row{3694, 4063, "90.92%"}, Row{81, 4063, "1.99%"}, Row{1, 3, "33.33%"}, Row{2, 3, "66.67%"},
                         Row{1, 20'000, "0.01%"}, Row{1, 20'001, "0.00%"}, Row{-81, 4063, "-1.99%"}, Row{0, 5, "0.00%"},
                         Row{1'249'999'999'999, 10'000'000'000'000, "12.50%"},
                         Row{63'544'999'999, 100'000'000'000, "63.54%"}, Row{0, 0, "–"}})
    CHECK(Share{row.part, row.whole}.text() == row.text);
}

TEST_CASE("every value as it is shown") {
  const Date day = *Date::from_civil(2021, 10, 8);
  CHECK(shown(std::int64_t{1'234'567}).zh == "1,234,567");
  CHECK(shown(std::int64_t{-5}).zh == "−5");
  CHECK(shown(Money::fen(-100'050)).zh == "−1,000.50");
  CHECK(shown(Number{Decimal::millionths(8'080'000), 2}).zh == "8.08");
  CHECK(shown(Number{Decimal::millionths(-12'230'000), 2}).zh == "−12.23");
  CHECK(shown(Value(day)).zh == "2021-10-08");
  CHECK(shown(Value(Instant::at(day, 34'200))).zh == "2021-10-08 09:30:00");
  CHECK(shown(NoData{}).en == "no data");
  CHECK(shown(Share{}).zh == "无数据");
}

TEST_CASE("parts that do not add up show the difference, others the sum alone") {
  const Table off = parts({2582, 1112, 221, 57, 10}, 4063);
  REQUIRE(off.rows.size() == 8);
  CHECK(off.rows[5].kind == RowKind::sum);
  CHECK(shown(off.rows[5].cells[1].value).zh == "3,982");
  CHECK(off.rows[6].kind == RowKind::difference);
  CHECK(shown(off.rows[6].cells[0].value).zh == "差额（未说明）");
  CHECK(shown(off.rows[6].cells[1].value).zh == "81");
  CHECK(shown(off.rows[6].cells[2].value).zh == "1.99%");
  CHECK(shown(off.rows[7].cells[0].value).zh == "基数：全部");
  const Table even = parts({3, 4}, 7);
  REQUIRE(even.rows.size() == 4);
  CHECK(even.rows[3].kind == RowKind::base);
  const Table over = parts({5, 4}, 7);
  CHECK(shown(over.rows[3].cells[1].value).zh == "−2");
}

TEST_CASE("markup in texts is escaped, in charts too") {
  Table table = parts({1}, 1);
  table.rows[0].cells[0] = Cell(Text{"福建<分>公司 & 网点", "<b>"});
  table.chart = Chart{.kind = Chart::Kind::pareto, .title = {"<甲>", "<a>"}, .label = 0, .values = {1, 2, 2}};
  const std::string text = page({.title = {"<题>", "<t>"}, .sections = {{.title = {"节", "s"}, .tables = {table}}}});
  CHECK(has(text, "福建&lt;分&gt;公司 &amp; 网点"));
  for (const char* part : {"<分>", "<题>", "<甲>", "<b>", "<a>"}) CHECK(!has(text, part));
}

TEST_CASE("the page loads nothing and runs nothing") {
  const std::string text =
      page({.title = {"题", "t"}, .sections = {{.title = {"节", "s"}, .tables = {parts({1}, 1)}}}});
  for (const char* part : {"http:", "https:", "<script", "@import", "<link", "<img"}) CHECK(!has(text, part));
}

TEST_CASE("a page opens in the language that was asked for") {
  CHECK(has(page({.title = {"题", "t"}}), "id=\"in-zh\" checked"));
  CHECK(has(page({.title = {"题", "t"}}, true), "id=\"in-en\" checked"));
}

TEST_CASE("a bar of the whole ends where the scale ends; nothing measured is no bar") {
  Table table{.columns = {{{"机构", "Office"}}, {{"率", "Rate"}}}};
  table.chart = Chart{.kind = Chart::Kind::bars, .title = {"率", "Rate"}, .label = 0, .values = {1}};
  table.rows.push_back({{Cell(Text{"全", "all"}), Cell(Share{7, 7})}});
  CHECK(has(chart_svg(table), "width=\"400\""));
  table.rows[0].cells[1] = Cell(Share{0, 0});
  CHECK(has(chart_svg(table), "width=\"0\""));
  CHECK(has(chart_svg(table), "无数据"));
}

TEST_CASE("closing rows are not drawn, and no rows are no chart") {
  Table table = parts({3, 1}, 4);
  table.chart = Chart{.kind = Chart::Kind::stacked, .title = {"甲", "A"}, .label = 0, .values = {1}};
  CHECK(!has(chart_svg(table), "各项合计"));
  table.rows.clear();
  CHECK(chart_svg(table).empty());
}

TEST_CASE("no table says what is not there") {
  const std::string text = page({.title = {"题", "t"}, .sections = {{.title = {"节", "s"}, .tables = {Table{}}}}});
  CHECK(has(text, "本期无数据"));
}
