#include "expr/expression.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/date.hpp"

using namespace shouyue;
using namespace shouyue::expr;

namespace {

constexpr Value missing{.amount = 0, .missing = true};

const Schema schema = {
    {"age", Type::integer},
    {"premium", Type::money},
    {"issued_on", Type::date},
    {"success", Type::boolean},
    {"rate", Type::decimal},
    {"channel", Type::text, {"agency", "bank", "online"}},
    {"second_channel", Type::text, {"agency", "bank", "online"}},
    {"leg", Type::text, {"call", "letter"}},
    {"channels_seen", Type::set, {"agency", "bank", "online"}},
    {"signed_on", Type::date},
};

std::int64_t day(const char* text) { return Date::parse(text)->days(); }

// age 60, 60000 yuan, 2021-10-08, success, 0.15, bank, agency, letter, {agency, online}, not signed
Row row() { return {{60}, {6'000'000}, {day("2021-10-08")}, {1}, {150'000}, {1}, {0}, {1}, {0b101}, missing}; }

}  // namespace

TEST_CASE("a condition reads one row") {
  struct Case {
    const char* text;
    std::int64_t expected;
  };
  const Case cases[] = {
      {"true", 1},
      {"false", 0},
      {"not false", 1},
      {"success", 1},
      {"not success", 0},
      {"age == 60", 1},
      {"age != 60", 0},
      {"age < 60", 0},
      {"age <= 60", 1},
      {"age > 59", 1},
      {"age >= 61", 0},
      {"age + 1 - 2 == 59", 1},
      {"age", 60},
      {"age - 100", -40},
      {"premium >= yuan(60000)", 1},
      {"premium > yuan(60000.00)", 0},
      {"premium + yuan(0.01) > yuan(60000)", 1},
      {"rate == 15%", 1},
      {"rate == 0.15", 1},
      {"rate < 12.5%", 0},
      {"rate + 0.85 == 1.0", 1},
      {"issued_on == 2021-10-08", 1},
      {"issued_on + days(30) == 2021-11-07", 1},
      {"issued_on - 8 == 2021-09-30", 1},
      {"2021-10-10 - issued_on == 2", 1},
      {"months_after(2021-11-30, 3) == 2022-02-28", 1},
      {"months_after(issued_on + 1, age - 58) == 2021-12-09", 1},
      {"channel == 'bank'", 1},
      {"'agency' == channel", 0},
      {"channel != second_channel", 1},
      {"channel in ['agency', 'bank']", 1},
      {"channel in ['online']", 0},
      {"age in [1, 60, 7]", 1},
      {"issued_on in [2021-10-08]", 1},
      {"premium in [yuan(1), yuan(60000)]", 1},
      {"success in [true]", 1},
      {"'agency' in channels_seen", 1},
      {"'bank' in channels_seen", 0},
      {"channel in channels_seen", 0},
      {"second_channel in channels_seen", 1},
      {"channels_seen overlaps ['bank', 'online']", 1},
      {"channels_seen overlaps ['bank']", 0},
      {"false and false or true", 1},
      {"false and (false or true)", 0},
      {"not false and false", 0},
      {"not age == 60", 0},
      {"success == true", 1},
      {"known(age)", 1},
      {"(age) == (60)", 1},
  };
  for (const Case& item : cases) {
    CAPTURE(item.text);
    const auto expression = Expression::parse(item.text, schema);
    REQUIRE_MESSAGE(expression.has_value(), (expression ? "" : expression.error().en));
    CHECK(expression->evaluate(row()) == Value{item.expected});
    CHECK(expression->text() == item.text);
  }
}

TEST_CASE("a missing value makes comparisons false and sums missing") {
  struct Case {
    const char* text;
    Value expected;
  };
  const Case cases[] = {
      {"signed_on == 2021-10-08", {0}},
      {"signed_on != 2021-10-08", {0}},
      {"not signed_on == 2021-10-08", {1}},
      {"known(signed_on)", {0}},
      {"not known(signed_on)", {1}},
      {"signed_on + 3", missing},
      {"signed_on - issued_on", missing},
      {"months_after(signed_on, 1)", missing},
      {"signed_on", missing},
      {"signed_on in [2021-10-08]", {0}},
      {"age", missing},
      {"success", missing},
      {"not success", {1}},
      {"success or true", {1}},
      {"success and true", {0}},
      {"success == false", {0}},
      {"'agency' in channels_seen", {0}},
      {"channels_seen overlaps ['agency']", {0}},
      {"channel in channels_seen", {0}},
      {"channel == 'agency'", {0}},
      {"channel in ['agency']", {0}},
      {"age < 5 or age >= 5", {0}},
  };
  const Row empty(schema.size(), Value{.amount = 7, .missing = true});
  for (const Case& item : cases) {
    CAPTURE(item.text);
    const auto expression = Expression::parse(item.text, schema);
    REQUIRE_MESSAGE(expression.has_value(), (expression ? "" : expression.error().en));
    CHECK(expression->evaluate(empty) == item.expected);
    CHECK_FALSE((expression->type() == Type::boolean && item.expected.missing && expression->holds(empty)));
  }
}

TEST_CASE("what does not fit is missing") {
  for (const char* text : {"9223372036854775807 + age", "0 - 9223372036854775807 - age", "9999-12-31 + 1",
                           "0001-01-01 - 1", "months_after(9999-12-01, 1)", "months_after(0001-01-31, 0 - 1)",
                           "months_after(issued_on, 9223372036854775807)"}) {
    CAPTURE(text);
    const auto expression = Expression::parse(text, schema);
    REQUIRE_MESSAGE(expression.has_value(), (expression ? "" : expression.error().en));
    CHECK(expression->evaluate(row()) == missing);
  }
}

TEST_CASE("a wrong condition is refused by rule and column") {
  struct Case {
    std::string text;
    const char* rule;
    const char* part_of_message;
  };
  const Case cases[] = {
      {"", "expr.syntax", "column 1: expected a value, but the condition ends"},
      {"age ==", "expr.syntax", "column 7: expected a value"},
      {"age == 60 60", "expr.syntax", "column 11: expected the end of the condition or an operator, not '60'"},
      {"1 < age < 3", "expr.syntax", "column 9"},
      {"(age == 60", "expr.syntax", "expected ')'"},
      {"age = 60", "expr.syntax", "column 5: unexpected character"},
      {"channel == 'bank", "expr.syntax", "column 12: the text has no closing quote"},
      {"age == 60x", "expr.syntax", "'60x'"},
      {"rate == 0.1234567", "expr.syntax", "at most six decimals"},
      {"rate == 1.2.3", "expr.syntax", "'1.2.3'"},
      {"issued_on == 2021-02-29", "expr.syntax", "column 14: the day 2021-02-29 does not exist"},
      {"age == 99999999999999999999", "expr.syntax", "whole number that fits"},
      {"premium > yuan(0.001)", "expr.syntax", "column 16"},
      {"premium > yuan(age)", "expr.syntax", "expected a number, not 'age'"},
      {"age > days(1.5)", "expr.syntax", "days(…)"},
      {"age in []", "expr.syntax", "expected a literal"},
      {"age in [channel]", "expr.syntax", "expected a literal"},
      {"known(3)", "expr.syntax", "expected a name"},
      {"known(and)", "expr.syntax", "expected a name, not 'and'"},
      {"age == 60 and or", "expr.syntax", "column 15"},
      {"channel_ == 'bank'", "expr.unknown_name", "column 1: there is no name 'channel_' here; did you mean channel"},
      {"age in agency", "expr.unknown_name", "column 8"},
      {"channel == 'bnk'", "expr.unknown_word", "column 12: channel has no word 'bnk'; did you mean bank"},
      {"channel in ['agency', 'x']", "expr.unknown_word", "column 23"},
      {"'x' in channels_seen", "expr.unknown_word", "channels_seen has no word 'x'; did you mean"},
      {"channels_seen overlaps ['x']", "expr.unknown_word", "column 25"},
      {"age == issued_on", "expr.type", "column 5: '==' does not go between integer and date"},
      {"age == 'bank'", "expr.type", "integer and the text 'bank'"},
      {"premium > 60000", "expr.type", "money and integer"},
      {"rate > 1", "expr.type", "decimal and integer"},
      {"channel < 'bank'", "expr.type", "'<'"},
      {"success < true", "expr.type", "boolean and boolean"},
      {"channel == leg", "expr.type", "different words"},
      {"leg in channels_seen", "expr.type", "different words"},
      {"channels_seen == channels_seen", "expr.type", "set and set"},
      {"'a' == 'b'", "expr.type", "the text 'a'"},
      {"'a'", "expr.type", "a text alone"},
      {"'a' in ['a']", "expr.type", "column 5"},
      {"age and true", "expr.type", "integer and boolean"},
      {"not age", "expr.type", "wants a boolean, not integer"},
      {"issued_on + issued_on", "expr.type", "date and date"},
      {"1 + issued_on", "expr.type", "integer and date"},
      {"issued_on + yuan(1)", "expr.type", "date and money"},
      {"channel + 1", "expr.type", "text and integer"},
      {"'a' + 1", "expr.type", "the text 'a' and integer"},
      {"months_after(age, 1)", "expr.type", "integer and integer"},
      {"age in channels_seen", "expr.type", "integer and set"},
      {"channel in leg", "expr.type", "text and text"},
      {"age overlaps ['x']", "expr.type", "wants a set, not integer"},
      {"channels_seen overlaps [1]", "expr.type", "set and integer"},
      {"age in [60, 2021-10-08]", "expr.type", "column 13: 'in' does not go between integer and date"},
      {std::string(70, '(') + "true" + std::string(70, ')'), "expr.syntax", "deeper than 64 levels"},
      {std::string(100'000, '('), "expr.syntax", "longer than 20000 bytes"},
  };
  for (const Case& item : cases) {
    CAPTURE(item.text);
    const auto expression = Expression::parse(item.text, schema);
    REQUIRE_FALSE(expression.has_value());
    CHECK(expression.error().rule == item.rule);
    CHECK_MESSAGE(expression.error().en.find(item.part_of_message) != std::string::npos, expression.error().en);
    CHECK(expression.error().zh.starts_with("第 "));
  }
}

TEST_CASE("deep nesting of every kind is refused, long flat conditions are not") {
  std::string nots, months = "issued_on", flat = "age == 1";
  for (int i = 0; i < 3000; ++i) nots += "not ";
  for (int i = 0; i < 70; ++i) months = "months_after(" + months + ", 1)";
  for (int i = 0; i < 1000; ++i) flat += " or age == 60";
  CHECK(Expression::parse(nots + "true", schema).error().rule == "expr.syntax");
  CHECK(Expression::parse(months + " == issued_on", schema).error().rule == "expr.syntax");
  std::string too_long = flat;
  for (int i = 0; i < 6; ++i) too_long += " or " + flat;
  CHECK(Expression::parse(too_long, schema).error().rule == "expr.syntax");
  const auto long_one = Expression::parse(flat, schema);
  REQUIRE(long_one.has_value());
  CHECK(long_one->holds(row()));
}

TEST_CASE("a row has a place for each variable and no more than 64") {
  Row row(2, Value{.missing = true});
  row.resize(Row::size_max, Value{1});
  CHECK(row[1].missing);
  CHECK(row[63] == Value{1});
  CHECK_THROWS_AS(row.push_back({}), Bug);
}

TEST_CASE("always holds") {
  CHECK(Expression::always().holds({}));
  CHECK(Expression::always().type() == Type::boolean);
}
