#include "base/xlsx.hpp"

#include <doctest/doctest.h>

#include "base/xlsx_writer.hpp"

using namespace shouyue;

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

TEST_CASE("what the writer writes the reader reads") {
  XlsxWriter writer("表", {false, true});
  const std::vector<std::vector<std::string>> rows{{"policy_no", "amount", "note"},
                                                   {"8833202100000010", "60000.50", " <&> \"甲\"\n乙 "},
                                                   {"0012", "-", ""},
                                                   {"", "7", "x"}};
  for (const auto& row : rows) writer.row(row);
  for (int i = 0; i < 5000; ++i) writer.row(std::vector<std::string>{std::to_string(i), std::to_string(i), "y"});
  const std::string file = writer.finish();
  auto reader = XlsxReader::open(file);
  REQUIRE(reader.has_value());
  const auto next = [&] {
    auto row = reader->next();
    REQUIRE(row.has_value());
    REQUIRE(row->has_value());
    return std::vector<std::string>((*row)->fields.begin(), (*row)->fields.end());
  };
  CHECK(next() == rows[0]);
  CHECK(next() == std::vector<std::string>{"8833202100000010", "60000.5", " <&> \"甲\"\n乙 "});
  CHECK(next() == std::vector<std::string>{"0012", "-"});
  CHECK(next() == rows[3]);
  for (int i = 0; i < 5000; ++i) CHECK(next()[1] == std::to_string(i));
  CHECK_FALSE(reader->next()->has_value());
}
