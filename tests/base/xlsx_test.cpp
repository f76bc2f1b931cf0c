#include "base/xlsx.hpp"

#include <doctest/doctest.h>

#include "stored_zip.hpp"

using namespace shouyue;

namespace {

const std::string long_text = "<sst><si><t>" + std::string(1000, 'x') + "</t></si></sst>";

std::string workbook_of(std::string_view sheet, std::string_view shared = long_text) {
  const StoredFile files[] = {
      {"xl/workbook.xml", R"(<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="r1" Target="sheet.xml"/></Relationships>)"},
      {"xl/sharedStrings.xml", shared},
      {"xl/sheet.xml", sheet}};
  return stored_zip(files);
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

}  // namespace

TEST_CASE("numbers of spreadsheet cells as plain text") {
  struct Case {
    const char* cell;
    const char* text;
  };
  const Case cases[] = {
      {"44477", "44477"},
      {"44477.395833333336", "44477.3958333333"},
      {"0.30000000000000004", "0.3"},
      {"6000.3000000000002", "6000.3"},
      {"1.3812341234E10", "13812341234"},
      {"1.3812341234E+10", "13812341234"},
      {"5E-2", "0.05"},
      {"-12.50", "-12.5"},
      {"999999999999999.9", "1000000000000000"},
      {"0.0", "0"},
      {"007", "7"},
      {"", ""},
      {"n/a", "n/a"},
      {"1E999", "1E999"},
      {"1.2.3", "1.2.3"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.cell);
    CHECK(plain_number(one.cell) == one.text);
  }
}

TEST_CASE("what is no archive is no workbook") {
  CHECK(looks_like_xlsx("PK\3\4rest"));
  CHECK_FALSE(looks_like_xlsx("policy_no,"));
  CHECK(XlsxReader::open("PK\3\4").error().rule == "zip.broken");
  CHECK(XlsxReader::open("").error().rule == "zip.broken");
}

TEST_CASE("a small workbook cannot take much memory") {
  const std::string shared = R"(<c t="s"><v>0</v></c>)", wide = R"(<row><c r="XFD1"><v>1</v></c></row>)";
  SUBCASE("a row of one long text again and again is refused, and is the last") {
    const std::string file =
        workbook_of("<worksheet><row r=\"7\">" + repeated(shared, 2000) + "</row><row/></worksheet>");
    auto reader = XlsxReader::open(file);
    REQUIRE(reader.has_value());
    CHECK(reader->next().error().rule == "xlsx.row_too_long");
    CHECK_FALSE(reader->next()->has_value());
  }
  SUBCASE("up to the limit it is read") {
    const std::string file = workbook_of("<worksheet><row>" + repeated(shared, 1000) + "</row></worksheet>");
    CHECK(XlsxReader::open(file)->next().value()->fields.size() == 1000);
  }
  SUBCASE("wide rows come one at a time") {
    const std::string file = workbook_of("<worksheet>" + repeated(wide, 2000) + "</worksheet>");
    auto reader = XlsxReader::open(file);
    for (int row = 1; row <= 2000; ++row) CHECK(reader->next().value()->line == row);
    CHECK_FALSE(reader->next()->has_value());
  }
}

TEST_CASE("a sheet that is mostly nothing has an end too") {
  const std::uint64_t megabyte = 1 << 20;
  const auto rule = [](const std::string& file, std::uint64_t bytes_max = XlsxReader::sheet_bytes_max) {
    auto reader = XlsxReader::open(file, bytes_max);
    if (!reader) return reader.error().rule;
    const auto row = reader->next();
    if (row) return std::string(*row ? "a row" : "the end");
    CHECK_FALSE(row.error().zh.empty());
    CHECK_FALSE(reader->next()->has_value());
    return row.error().rule;
  };
  const std::string blanks(5 * megabyte, ' '), head = "<worksheet><sheetData>", tail = "</sheetData></worksheet>";
  const std::string row = "<row><c><v>1</v></c></row>", empty_rows = repeated("<row/>", 200'000);
  CHECK(rule(workbook_of(head + empty_rows + tail), megabyte) == "xlsx.sheet_too_large");
  CHECK(rule(workbook_of(head + empty_rows + row + tail), 2 * megabyte) == "a row");
  CHECK(rule(workbook_of(head + repeated("<row/>", 1'000'000) + tail)) == "the end");
  CHECK(rule(workbook_of(head + blanks + row + tail)) == "xlsx.row_too_long");
  CHECK(rule(workbook_of(head + "<row>" + blanks + "</row>" + tail)) == "xlsx.row_too_long");
  CHECK(rule(workbook_of(head + "</sheetData>" + blanks + "</worksheet>")) == "the end");
  CHECK(rule(workbook_of(head + tail, "<sst>" + repeated("<si/>", 10'000'001) + "</sst>")) == "xlsx.too_many_texts");
}

TEST_CASE("a row number that no sheet has is damage") {
  for (const char* number : {"0", "-1", "16777217", "9223372036854775807"}) {
    CAPTURE(number);
    const std::string file =
        workbook_of("<worksheet><row r=\"" + std::string(number) + "\"><c><v>1</v></c></row></worksheet>");
    CHECK(XlsxReader::open(file)->next().error().rule == "xlsx.broken");
  }
}
