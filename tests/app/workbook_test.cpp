#include "app/workbook.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <unistd.h>

#include "app/files.hpp"
#include "app/report_workbook.hpp"
#include "base/xlsx.hpp"

using namespace shouyue;
using namespace shouyue::app;

namespace {

using Rows = std::vector<std::vector<std::string>>;

// A file of its own for one test.
class Place {
 public:
  explicit Place(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / ("shouyue-" + std::to_string(getpid()) + "-" + name)) {}
  ~Place() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  bool has_leftovers() const { return std::filesystem::exists(path_.string() + ".part"); }

 private:
  std::filesystem::path path_;
};

Rows rows_of(const std::filesystem::path& path) {
  const auto file = read_file(path);
  REQUIRE(file.has_value());
  auto reader = XlsxReader::open(*file);
  REQUIRE(reader.has_value());
  Rows rows;
  for (;;) {
    const auto row = reader->next();
    REQUIRE(row.has_value());
    if (!*row) return rows;
    rows.emplace_back((*row)->fields.begin(), (*row)->fields.end());
  }
}

void write_rows(Workbook& workbook, const Rows& rows) {
  workbook.add_sheet("表");
  for (std::uint32_t r = 0; r < rows.size(); ++r)
    for (std::uint16_t c = 0; c < rows[r].size(); ++c)
      if (!rows[r][c].empty()) workbook.text({r, c}, rows[r][c]);
}

report::Document sample() {
  report::Table table{.columns = {{{"项目", "Part"}}, {{"件数", "Cases"}}, {{"占比", "Share"}}}};
  table.rows.push_back({{report::Cell(report::Text{"方言件", "dialect"}), report::Cell(std::int64_t{1112}),
                         report::Cell(report::Share{1112, 4063})}});
  table.rows.push_back(
      {{report::Cell(report::Text{"无", "none"}), report::Cell(Money::fen(1250)), report::Cell(report::NoData{})}});
  table.chart = report::Chart{.title = {"图", "Chart"}, .label = 0, .values = {1}};
  return {.title = {"题", "Title"}, .sections = {{.title = {"节", "Section"}, .tables = {table}}}, .lists = {table}};
}

}  // namespace

TEST_CASE("what is written the reader reads, in whole and in constant memory") {
  Rows rows{{"policy_no", "note"}, {"8833202100000010", " <&> \"甲\"\n乙 "}, {"0012", "-"}, {"", "x"}};
  for (int i = 0; i < 3000; ++i) rows.push_back({std::to_string(i), "同一段文字"});
  for (const auto memory : {Workbook::Memory::whole, Workbook::Memory::constant}) {
    const Place place("rows.xlsx");
    Workbook workbook(place.path(), memory);
    write_rows(workbook, rows);
    REQUIRE(workbook.close().has_value());
    CHECK(rows_of(place.path()) == rows);
    CHECK(!place.has_leftovers());
  }
}

TEST_CASE("numbers are exact to the last digit that they are shown with") {
  const Place place("numbers.xlsx");
  Workbook workbook(place.path(), Workbook::Memory::whole);
  workbook.add_sheet("a");
  workbook.number({0, 0}, {6355, 10'000}, {.number = NumberFormat::share});
  workbook.number({0, 1}, {123'456'789'012'345, 100}, {.number = NumberFormat::yuan});
  workbook.number({0, 2}, {-5, 1}, {.number = NumberFormat::count});
  REQUIRE(workbook.close().has_value());
  CHECK(rows_of(place.path()) == Rows{{"0.6355", "1234567890123.45", "-5"}});
}

TEST_CASE("characters that XML cannot hold are left out") {
  const Place place("control.xlsx");
  Workbook workbook(place.path(), Workbook::Memory::whole);
  write_rows(workbook, {{"a\x01"
                         "b\x1f\tc"}});
  REQUIRE(workbook.close().has_value());
  CHECK(rows_of(place.path()) == Rows{{"ab\tc"}});
}

TEST_CASE("the same calls give the same bytes") {
  const Place first("first.xlsx"), second("second.xlsx");
  for (const Place* place : {&first, &second})
    REQUIRE(write_report(sample(), Language::chinese, place->path()).has_value());
  CHECK(*read_file(first.path()) == *read_file(second.path()));
}

TEST_CASE("what a sheet cannot hold is refused and leaves no file") {
  const Place rows("rows.xlsx"), text("text.xlsx"), folder("none");
  {
    Workbook workbook(rows.path(), Workbook::Memory::whole);
    workbook.add_sheet("a");
    workbook.text({1'048'575, 0}, "last");
    CHECK(workbook.close().has_value());
  }
  std::filesystem::remove(rows.path());
  Workbook long_sheet(rows.path(), Workbook::Memory::whole);
  long_sheet.add_sheet("a");
  long_sheet.text({1'048'576, 0}, "one too many");
  CHECK(long_sheet.close().error().rule == "xlsx.too_many_rows");
  Workbook long_text(text.path(), Workbook::Memory::constant);
  write_rows(long_text, {{std::string(32'768, 'x')}});
  CHECK(long_text.close().error().rule == "xlsx.text_too_long");
  Workbook nowhere(folder.path() / "a.xlsx", Workbook::Memory::whole);
  write_rows(nowhere, {{"a"}});
  CHECK(nowhere.close().error().rule == "file.cannot_write");
  for (const Place* place : {&rows, &text}) {
    CHECK(!std::filesystem::exists(place->path()));
    CHECK(!place->has_leftovers());
  }
}

TEST_CASE("a workbook that is given up leaves no file") {
  const Place place("given-up.xlsx");
  {
    Workbook(place.path(), Workbook::Memory::constant).add_sheet("a");
  }
  CHECK(!std::filesystem::exists(place.path()));
  CHECK(!place.has_leftovers());
}

TEST_CASE("a report is a page or a workbook") {
  const Place page("report.html"), book("report.xlsx"), other("report.pdf");
  CHECK(write_report(sample(), Language::english, page.path()).has_value());
  CHECK(read_file(page.path())->find("id=\"in-en\" checked") != std::string::npos);
  CHECK(write_report(sample(), Language::english, book.path()).has_value());
  const Rows rows = rows_of(book.path());
  CHECK(rows.front() == std::vector<std::string>{"Title"});
  CHECK(std::ranges::find(rows, std::vector<std::string>{"dialect", "1112", "0.2737"}) != rows.end());
  CHECK(std::ranges::find(rows, std::vector<std::string>{"none", "12.5", "no data"}) != rows.end());
  CHECK(write_report(sample(), Language::english, other.path()).error().rule == "report.file_kind");
}
