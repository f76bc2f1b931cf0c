#include <doctest/doctest.h>

#include "json/read.hpp"
#include "json/write.hpp"

using namespace shouyue;

namespace {

struct Inner {
  int n = 0;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (n, text))

struct Outer {
  std::string name;
  bool flag = false;
  Date day;
  Instant at;
  std::vector<Inner> items;
  std::optional<std::int64_t> big;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (name, flag, day, at, items, big))

const std::string whole =
    R"({"name":"a\"\\\n\u0001保","flag":true,"day":"2021-10-08","at":"2021-10-08T09:30:00+08:00",)"
    R"("items":[{"n":1,"text":"x"},{"n":-2}],"big":9007199254740993})";

}  // namespace

TEST_CASE("what is written reads as the same") {
  const auto outer = json::read<Outer>(whole);
  REQUIRE(outer);
  CHECK(outer->name == "a\"\\\n\x01保");
  CHECK(outer->items[1].n == -2);
  CHECK(!outer->items[1].text);
  CHECK(*outer->big == 9007199254740993);
  CHECK(json::text_of(*outer) == whole);
}

TEST_CASE("texts that are refused, with the place of every fault") {
  struct Row {
    std::string text, rule, en;
  };
  for (
      const Row& row :
      {Row{"", "json.syntax", "byte"}, Row{"{", "json.syntax", "byte"}, Row{"{} x", "json.syntax", "byte"},
       Row{"[]", "json.wrong_value", "/ expected an object"},
       Row{"{}", "json.wrong_value", "/name is missing; /flag is missing"},
       Row{R"({"name":1,"flag":"x","day":"2021-02-30","at":"now","items":[{"n":1.5},3],"zz~/":0})", "json.wrong_value",
           "/name expected a text; /flag expected true or false; /day expected a day such as 2021-10-08; /at expected "
           "a "
           "moment such as 2021-10-08T09:30:00+08:00; /items/0/n expected a whole number; /items/1 expected an object; "
           "/zz~0~1 is not known here"},
       Row{R"({"name":"a","flag":true,"day":"2021-10-08","at":"2021-10-08T09:30:00+08:00","items":[{"n":3000000000}]})",
           "json.wrong_value", "/items/0/n expected a whole number"}}) {
    CAPTURE(row.text);
    const auto outer = json::read<Outer>(row.text);
    REQUIRE(!outer);
    CHECK(outer.error().rule == row.rule);
    CHECK(outer.error().en.contains(row.en));
    CHECK(!outer.error().zh.empty());
  }
}
