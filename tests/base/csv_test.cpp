#include "base/csv.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "seeded_random.hpp"

using namespace shouyue;

namespace {

using Row = std::vector<std::string>;

struct Reading {
  std::vector<Row> rows;
  std::vector<std::int64_t> lines;
  std::vector<std::string> errors;  // rule@line
};

Reading read_all(CsvReader& reader) {
  Reading reading;
  for (;;) {
    auto row = reader.next();
    if (!row) {
      reading.errors.push_back(row.error().rule + "@" + std::to_string(reader.line()));
      continue;
    }
    if (!*row) return reading;
    reading.rows.emplace_back((*row)->fields.begin(), (*row)->fields.end());
    reading.lines.push_back((*row)->line);
  }
}

Reading read_text(std::string_view text, CsvOptions options = {}) {
  CsvReader reader(bytes_of(text), options);
  return read_all(reader);
}

// Gives the text in pieces of random size, so that every boundary is met.
ByteSource in_pieces(std::string_view text, SeededRandom& random) {
  return [text, &random](std::span<char> room) mutable -> Result<std::size_t> {
    const std::size_t size = std::min({room.size(), text.size(), static_cast<std::size_t>(random.between(1, 7))});
    std::copy_n(text.data(), size, room.data());
    text.remove_prefix(size);
    return size;
  };
}

}  // namespace

TEST_CASE("CsvReader reads RFC 4180 rows") {
  const struct {
    const char* text;
    std::vector<Row> rows;
  } table[] = {
      {"", {}},
      {"\n\r\n\n", {}},
      {"a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
      {"a,b\r\n1,2", {{"a", "b"}, {"1", "2"}}},
      {"a,b\r\n1,2\r", {{"a", "b"}, {"1", "2"}}},
      {"a,b,c\n,,\n", {{"a", "b", "c"}, {"", "", ""}}},
      {"a\n\"\"\n", {{"a"}, {""}}},
      {"a,b\n\"1,5\",\"x\"\"y\"\n", {{"a", "b"}, {"1,5", "x\"y"}}},
      {"a,b\n\"line1\r\nline2\",z\n", {{"a", "b"}, {"line1\r\nline2", "z"}}},
      {"a,b\n\"\"\"\"\"\",\"\"\"x\"\r\n", {{"a", "b"}, {"\"\"", "\"x"}}},
      {"a,b\nsay \"hi\",2\n", {{"a", "b"}, {"say \"hi\"", "2"}}},
      {"a;b\n1,5;2\n", {{"a", "b"}, {"1,5", "2"}}},
      {"a\tb\n1;2\t3\n", {{"a", "b"}, {"1;2", "3"}}},
      {"\"x,y,z\";b\n1;2\n", {{"x,y,z", "b"}, {"1", "2"}}},
      {"\xEF\xBB\xBF保单号,姓名\n1,张三\n", {{"保单号", "姓名"}, {"1", "张三"}}},
      {"\xEF\xBB\xBF\n\na,b\n", {{"a", "b"}}},
      {"a,b\n\"x\"", {{"a", "b"}, {"x"}}},
      {"a,b\n1,", {{"a", "b"}, {"1", ""}}},
      {"a,b\n1\r2,3\n", {{"a", "b"}, {"1\r2", "3"}}},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const Reading reading = read_text(row.text);
    CHECK(reading.rows == row.rows);
    CHECK(reading.errors.empty());
  }
}

TEST_CASE("CsvReader knows the line where each row starts") {
  const Reading reading = read_text("a,b\n\n\"1\n2\n3\",x\r\n4,5\n");
  CHECK(reading.lines == std::vector<std::int64_t>{1, 3, 6});
}

TEST_CASE("a broken row costs its first line only") {
  const struct {
    std::string text;
    std::vector<Row> rows;
    std::vector<std::string> errors;
  } table[] = {
      {"a,b\n\"1,2\n3,4\n", {{"a", "b"}, {"3", "4"}}, {"csv.unterminated_quote@2"}},
      {"a,b\n\"1\"x,2\n3,4\n", {{"a", "b"}, {"3", "4"}}, {"csv.text_after_quote@2"}},
      {"a,b\n\"1,2\n3,\"4\"\n5,6\n", {{"a", "b"}, {"3", "4"}, {"5", "6"}}, {"csv.text_after_quote@2"}},
      {"a,b\n1,\xFF\xFF\n张,4\n", {{"a", "b"}, {"张", "4"}}, {"encoding.broken@2"}},
      {"a,b\n\"", {{"a", "b"}}, {"csv.unterminated_quote@2"}},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const Reading reading = read_text(row.text, {.encoding = Encoding::utf8});
    CHECK(reading.rows == row.rows);
    CHECK(reading.errors == row.errors);
  }
}

TEST_CASE("CsvReader decodes GB18030 it finds behind many plain lines") {
  std::string text = "policy_no;name\n";
  for (int i = 0; i < 60'000; ++i) text += std::to_string(i) + ";x\n";
  text += "last;\"\xD5\xC5\"\"\xC8\xFD\"\n";  // 张"三
  text += "broken;\xD5\n";
  text += "end;\xD5\xC5\n";
  CsvReader reader(bytes_of(text));
  const Reading reading = read_all(reader);
  CHECK(reader.encoding() == Encoding::gb18030);
  CHECK(reader.delimiter() == ';');
  REQUIRE(reading.rows.size() == 60'003);
  CHECK(reading.rows[60'001] == Row{"last", "张\"三"});
  CHECK(reading.rows[60'002] == Row{"end", "张"});
  CHECK(reading.errors == std::vector<std::string>{"encoding.broken@60003"});
}

TEST_CASE("an overlong line is refused without being held") {
  constexpr std::int64_t line_bytes = 100'000'000;
  std::int64_t given = 0;
  std::size_t room_max = 0;
  const std::string head = "a,b\n1,2\n", tail = "\n3,4\n";
  const auto source = [&](std::span<char> room) -> Result<std::size_t> {
    room_max = std::max(room_max, room.size());
    std::size_t size = 0;
    for (; size < room.size(); ++size, ++given) {
      const std::int64_t in_tail = given - std::ssize(head) - line_bytes;
      if (in_tail >= std::ssize(tail)) break;
      room[size] = given < std::ssize(head) ? head[static_cast<std::size_t>(given)]
                   : in_tail < 0            ? 'x'
                                            : tail[static_cast<std::size_t>(in_tail)];
    }
    return size;
  };
  CsvReader reader(source);
  const Reading reading = read_all(reader);
  CHECK(reading.rows == std::vector<Row>{{"a", "b"}, {"1", "2"}, {"3", "4"}});
  CHECK(reading.lines == std::vector<std::int64_t>{1, 2, 4});
  CHECK(reading.errors == std::vector<std::string>{"csv.row_too_long@3"});
  CHECK(room_max < 2'000'000);
}

TEST_CASE("rows up to the limit are read, one byte more is not") {
  for (const int extra : {-1, 0, 1}) {
    const std::string field(static_cast<std::size_t>((1 << 20) - 1 + extra), 'x');
    const Reading reading = read_text("a\n" + field + "\nb\n");
    CAPTURE(extra);
    CHECK(reading.rows.size() == (extra > 0 ? 2 : 3));
    CHECK(reading.errors.size() == (extra > 0 ? 1 : 0));
    CHECK(reading.rows.back() == Row{"b"});
  }
  const Reading quoted = read_text("a\n\"" + std::string(2'000, '\n') + "\"\nb\n", {.row_bytes_max = 1000});
  CHECK(quoted.errors == std::vector<std::string>{"csv.row_too_long@2", "csv.unterminated_quote@2002"});
  CHECK(quoted.rows.back() == Row{"b"});
}

TEST_CASE("the errors of the source and of UTF-16 end the reading") {
  CsvReader failing([](std::span<char>) -> Result<std::size_t> {
    return refuse(Errc::environment, "file.read", "cannot read", "无法读取");
  });
  CHECK(failing.next().error().rule == "file.read");
  CHECK_FALSE(failing.next().value().has_value());
  const Reading utf16 =
      read_text(std::string_view("\xFF\xFE"
                                 "a\0,\0",
                                 6));
  CHECK(utf16.rows.empty());
  CHECK(utf16.errors == std::vector<std::string>{"encoding.utf16@0"});
}

TEST_CASE("what csv_write_row writes, CsvReader reads, in pieces of any size") {
  constexpr std::uint64_t seed = 20100901;
  INFO("seed " << seed);
  SeededRandom random(seed);
  for (int round = 0; round < 300; ++round) {
    std::vector<Row> rows = {{"first", "second", "third"}};
    for (int i = random.below(8); i > 0; --i) {
      Row row;
      for (int f = 0; f < 3; ++f) {
        std::string field;
        for (int length = random.below(6); length > 0; --length)
          field += random.below(8) == 0 ? std::string("张") : std::string(1, random.one_of("ab,;\"\r\n\t "));
        row.push_back(field);
      }
      rows.push_back(row);
    }
    std::string text;
    for (const Row& row : rows) csv_write_row(text, std::vector<std::string_view>(row.begin(), row.end()));
    CsvReader reader(in_pieces(text, random));
    const Reading reading = read_all(reader);
    REQUIRE(reading.rows == rows);
    REQUIRE(reading.errors.empty());
  }
}

TEST_CASE("CsvReader ends on any bytes") {
  constexpr std::uint64_t seed = 99;
  INFO("seed " << seed);
  SeededRandom random(seed);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int length = random.below(60); length > 0; --length)
      text += random.below(3) == 0 ? static_cast<char>(random.next()) : random.one_of("a,\"\"\r\n;");
    CsvReader whole(bytes_of(text), {.row_bytes_max = 20});
    CsvReader pieces(in_pieces(text, random), {.row_bytes_max = 20});
    const Reading once = read_all(whole), again = read_all(pieces);
    REQUIRE(once.rows == again.rows);
    REQUIRE(once.errors == again.errors);
    for (const Row& row : once.rows)
      for (const std::string& field : row) REQUIRE(is_valid_utf8(field));
  }
}

TEST_CASE("csv_quote quotes only what needs it") {
  const struct {
    const char* field;
    const char* written;
  } table[] = {
      {"", ""},         {"abc", "abc"},       {"a,b", "\"a,b\""}, {"a\"b", "\"a\"\"b\""}, {"a\nb", "\"a\nb\""},
      {" a", "\" a\""}, {"张三；", "张三；"},
  };
  for (const auto& row : table) {
    std::string out;
    csv_quote(out, row.field);
    CHECK(out == row.written);
  }
}
