#include "report/month_report.hpp"

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "report/charts.hpp"
#include "sample_report.hpp"

using namespace shouyue;
using namespace shouyue::report;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string sample_page() { return page(month_document(sample_report())); }

}  // namespace

TEST_CASE("parts of the month that do not add up show the difference") {
  const std::string text = sample_page();
  CHECK(has(text, "<td class=\"n\">709</td><td class=\"n\">99.16%</td>"));
  CHECK(has(text, "<tr class=\"difference\"><td><span lang=\"zh\">差额</span>"));
  CHECK(has(text, "<td class=\"n\">6</td><td class=\"n\">0.84%</td>"));
  CHECK(has(text, "差额（一张保单可有多个原因）"));
  CHECK(has(text, "<td class=\"n\">−99,999.50</td>"));
}

TEST_CASE("every rate shows its base, and nothing measured is never 100 %") {
  const std::string text = sample_page();
  CHECK(has(text, "901 / 1,023 件，剔除 18"));
  CHECK(has(text, "无数据"));
}

TEST_CASE("offices stand in order of their rate, their sum below") {
  const Table table = month_document(sample_report()).sections.front().tables.front();
  std::string names;
  for (const Row& row : table.rows) names += shown(row.cells.front().value).zh + " ";
  CHECK(names == "上海分公司 广东分公司 福建<分>公司 & 网点 湖北分公司 全部机构 ");
  CHECK(!has(chart_svg(table), "全部机构"));
}

TEST_CASE("a month without anything is a page that says so") {
  MonthReport empty;
  empty.period = "2021-02";
  const std::string text = page(month_document(empty));
  CHECK(has(text, "本期无数据"));
  CHECK(!has(text, "100.00%"));
}

TEST_CASE("the whole page of the sample month") {
  std::ifstream file(std::string(SHOUYUE_SOURCE_DIR) + "/tests/report/sample_report.html", std::ios::binary);
  const std::string expected{std::istreambuf_iterator<char>(file), {}};
  // On purpose without a message of 30 kB: compare the files to see what changed.
  const bool is_as_expected = sample_page() == expected;
  CHECK(is_as_expected);
}
