#include "report/month_report.hpp"

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "report/charts.hpp"
#include "report/html.hpp"
#include "sample_report.hpp"

using namespace shouyue;
using namespace shouyue::report;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("markup in texts is escaped") {
  CHECK(escaped("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  const std::string page = month_report_html(sample_report());
  CHECK(has(page, "福建&lt;分&gt;公司 &amp; 网点"));
  CHECK(!has(page, "<分>"));
}

TEST_CASE("figures are grouped and rounded half up") {
  struct Row {
    std::int64_t number;
    const char* text;
  };
  for (const Row row : {Row{0, "0"}, Row{999, "999"}, Row{1000, "1,000"}, Row{-1234567, "−1,234,567"}})
    CHECK(grouped(row.number) == row.text);
  CHECK(grouped_yuan(Money::fen(-100'050)) == "−1,000.50");
  CHECK(percent(1, 3) == "33.3%");
  CHECK(percent(1, 2000) == "0.1%");
  CHECK(percent(0, 0) == "–");
}

TEST_CASE("parts that add up say so; others show the difference") {
  const std::string page = month_report_html(sample_report());
  CHECK(has(page, "各项合计 1,320，与总数一致。"));
  CHECK(has(page, "各项合计 709，总数 715，差额 −6。"));
  CHECK(has(page,
            "The parts add up to 520,000.00 yuan, the whole is 420,000.50 yuan: difference 99,999.50. "
            "A policy may have several reasons."));
}

TEST_CASE("every rate shows its base, and nothing measured is never 100 %") {
  const std::string page = month_report_html(sample_report());
  CHECK(has(page, "901 / 1,023 件，剔除 18"));
  CHECK(has(page, "无数据"));
  const std::string bars = office_bars({{.name = "空", .succeeded = 0, .due = 0, .excluded = 0}});
  CHECK(has(bars, "无数据"));
  CHECK(!has(bars, ">100.0%"));
}

TEST_CASE("offices stand in order of their rate") {
  const std::string bars = office_bars(sample_report().offices);
  CHECK(bars.find("上海分公司") < bars.find("广东分公司"));
  CHECK(bars.find("广东分公司") < bars.find("福建"));
  CHECK(bars.find("福建") < bars.find("湖北分公司"));
}

TEST_CASE("bars of a hundred percent end where the scale ends") {
  CHECK(has(office_bars({{.name = "全", .succeeded = 7, .due = 7, .excluded = 0}}), "width=\"400\""));
}

TEST_CASE("the page loads nothing and runs nothing") {
  const std::string page = month_report_html(sample_report());
  for (const char* part : {"http:", "https:", "<script", "@import", "<link", "<img"}) CHECK(!has(page, part));
}

TEST_CASE("a month without anything is a page that says so") {
  MonthReport empty;
  empty.period = "2021-02";
  const std::string page = month_report_html(empty);
  CHECK(has(page, "本期无数据"));
  CHECK(!has(page, "100.0%"));
}

TEST_CASE("the whole page of the sample month") {
  std::ifstream file(std::string(SHOUYUE_SOURCE_DIR) + "/tests/report/sample_report.html", std::ios::binary);
  const std::string expected{std::istreambuf_iterator<char>(file), {}};
  // On purpose without a message of 30 kB: compare the files to see what changed.
  const bool is_as_expected = month_report_html(sample_report()) == expected;
  CHECK(is_as_expected);
}
