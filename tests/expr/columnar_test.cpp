#include "expr/columnar.hpp"

#include <random>
#include <string>

#include <doctest/doctest.h>

using namespace shouyue::expr;

namespace {

const std::vector<std::string> colours{"red", "green", "blue", "black"};

Schema schema() {
  return {
      {.name = "first", .type = Type::date},
      {.name = "second", .type = Type::date},
      {.name = "small", .type = Type::integer},
      {.name = "medium", .type = Type::integer},
      {.name = "large", .type = Type::integer},
      {.name = "price", .type = Type::money},
      {.name = "paid", .type = Type::money},
      {.name = "open", .type = Type::boolean},
      {.name = "done", .type = Type::boolean},
      {.name = "colour", .type = Type::text, .words = colours},
      {.name = "shade", .type = Type::text, .words = colours},
      {.name = "seen", .type = Type::set, .words = colours},
  };
}

using Random = std::mt19937_64;

std::int64_t below(Random& random, std::int64_t limit) {
  return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
}

const char* one_of(Random& random, std::initializer_list<const char*> choices) {
  return choices.begin()[below(random, static_cast<std::int64_t>(choices.size()))];
}

std::string word(Random& random) {
  return "'" + colours[static_cast<std::size_t>(below(random, static_cast<std::int64_t>(colours.size())))] + "'";
}

std::string comparison(Random& random) { return one_of(random, {" == ", " != ", " < ", " <= ", " > ", " >= "}); }

std::string integer(Random& random, int depth) {
  switch (below(random, depth > 0 ? 6 : 4)) {
    case 0: return one_of(random, {"small", "medium", "large"});
    case 1: return "small";
    case 2: return std::to_string(below(random, 300));
    case 3: return one_of(random, {"254", "255", "65535", "2147483647", "4294967296", "9000000000000000000", "0"});
    case 4: return "(" + integer(random, depth - 1) + one_of(random, {" + ", " - "}) + integer(random, depth - 1) + ")";
    default: return "(second - first)";
  }
}

std::string date(Random& random, int depth) {
  switch (below(random, depth > 0 ? 6 : 3)) {
    case 0: return "first";
    case 1: return "second";
    case 2: return one_of(random, {"2021-10-08", "0001-01-01", "9999-12-31"});
    case 3: return "(" + date(random, depth - 1) + " + days(" + std::to_string(below(random, 90)) + "))";
    case 4: return "(" + date(random, depth - 1) + one_of(random, {" + ", " - "}) + integer(random, depth - 1) + ")";
    default: return "months_after(" + date(random, depth - 1) + ", " + integer(random, depth - 1) + ")";
  }
}

std::string money(Random& random, int depth) {
  switch (below(random, depth > 0 ? 4 : 3)) {
    case 0: return "price";
    case 1: return "paid";
    case 2: return "yuan(" + std::to_string(below(random, 1000)) + ")";
    default: return "(" + money(random, depth - 1) + one_of(random, {" + ", " - "}) + money(random, depth - 1) + ")";
  }
}

std::string text(Random& random) { return one_of(random, {"colour", "shade"}); }

std::string leaf(Random& random, int depth) {
  switch (below(random, 11)) {
    case 0: return one_of(random, {"open", "done"});
    case 1: return one_of(random, {"open == done", "open != true", "done == false", "true", "false"});
    case 2: return integer(random, depth) + comparison(random) + integer(random, depth);
    case 3: return date(random, depth) + comparison(random) + date(random, depth);
    case 4: return money(random, depth) + comparison(random) + money(random, depth);
    case 5: return text(random) + one_of(random, {" == ", " != "}) + word(random);
    case 6: return text(random) + " in [" + word(random) + ", " + word(random) + "]";
    case 7: return "small in [3, 255, 7, 100000]";
    case 8: return one_of(random, {"'red' in seen", "colour in seen", "shade in seen"});
    case 9: return "seen overlaps [" + word(random) + ", " + word(random) + "]";
    default:
      return std::string("known(") +
             one_of(random, {"first", "small", "medium", "large", "price", "open", "colour", "shade", "seen"}) + ")";
  }
}

std::string condition(Random& random, int depth) {
  switch (depth > 0 ? below(random, 4) : 0) {
    case 1: return "(" + condition(random, depth - 1) + " and " + condition(random, depth - 1) + ")";
    case 2: return "(" + condition(random, depth - 1) + " or " + condition(random, depth - 1) + ")";
    case 3: return "not (" + condition(random, depth - 1) + ")";
    default: return "(" + leaf(random, depth) + ")";
  }
}

// `rows` random rows, as columns and as rows.
struct Data {
  std::vector<std::int32_t> first, second;
  std::vector<std::uint8_t> small, open, done, colour, shade;
  std::vector<std::uint16_t> medium;
  std::vector<std::int64_t> large, price, paid;
  std::vector<std::uint64_t> seen;
  // The stored codes of `shade` are in another order, and code 9 is a word that the schema does not have.
  std::vector<std::uint8_t> translation = std::vector<std::uint8_t>(256, missing_code8);
  std::vector<Row> rows;

  Data(Random& random, std::size_t count) {
    translation[5] = 0, translation[0] = 1, translation[1] = 2, translation[7] = 3;
    for (std::size_t i = 0; i < count; ++i) append(random);
  }

  template <class T>
  Value put(Random& random, std::vector<T>& column, std::int64_t amount, T missing) {
    const bool is_missing = below(random, 5) == 0;
    column.push_back(is_missing ? missing : static_cast<T>(amount));
    return is_missing ? Value{.missing = true} : Value{amount};
  }

  void append(Random& random) {
    Row row;
    for (auto* column : {&first, &second})
      row.push_back(put(random, *column, 18'900 + below(random, 60), missing_date));
    row.push_back(put(random, small, below(random, 10) == 0 ? 254 : below(random, 12), missing_code8));
    row.push_back(put(random, medium, below(random, 10) == 0 ? 65'534 : below(random, 300), missing_code16));
    row.push_back(put(random, large, below(random, 7'000'000'000) - 1'000'000'000, missing_amount));
    for (auto* column : {&price, &paid})
      row.push_back(put(random, *column, below(random, 100'000) - 20'000, missing_amount));
    for (auto* column : {&open, &done}) row.push_back(put(random, *column, below(random, 2), missing_code8));
    row.push_back(put(random, colour, below(random, 4), missing_code8));
    constexpr std::uint8_t codes[] = {5, 0, 1, 7, 9, missing_code8};
    shade.push_back(codes[below(random, 6)]);
    const std::uint8_t index = translation[shade.back()];
    row.push_back(index == missing_code8 ? Value{.missing = true} : Value{index});
    seen.push_back(static_cast<std::uint64_t>(below(random, 16)));
    row.push_back({static_cast<std::int64_t>(seen.back())});
    rows.push_back(std::move(row));
  }

  std::vector<Column> columns() const {
    return {
        {.storage = Storage::date32, .data = first.data()},
        {.storage = Storage::date32, .data = second.data()},
        {.storage = Storage::code8, .data = small.data()},
        {.storage = Storage::code16, .data = medium.data()},
        {.storage = Storage::amount64, .data = large.data()},
        {.storage = Storage::amount64, .data = price.data()},
        {.storage = Storage::amount64, .data = paid.data()},
        {.storage = Storage::code8, .data = open.data()},
        {.storage = Storage::code8, .data = done.data()},
        {.storage = Storage::code8, .data = colour.data()},
        {.storage = Storage::code8, .data = shade.data(), .translation = translation.data()},
        {.storage = Storage::set64, .data = seen.data()},
    };
  }
};

}  // namespace

TEST_CASE("random conditions hold for the same rows, one by one and as columns") {
  const Schema names = schema();
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Data data(random, 300);
    Program program(data.columns());
    std::vector<Expression> conditions;
    for (int i = 0; i < 10; ++i) {
      const std::string text_of_condition = condition(random, 3);
      CAPTURE(text_of_condition);
      auto parsed = Expression::parse(text_of_condition, names);
      REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().en));
      conditions.push_back(*std::move(parsed));
      CHECK(program.add(conditions.back()) == conditions.size() - 1);
    }
    Block block(program);
    constexpr std::size_t step = 128;  // the last block is a part of one
    for (std::size_t first = 0; first < data.rows.size(); first += step) {
      const std::size_t rows = std::min(step, data.rows.size() - first);
      block.run(first, rows);
      for (std::size_t c = 0; c < conditions.size(); ++c)
        for (std::size_t i = 0; i < rows; ++i)
          if (const bool holds = conditions[c].holds(data.rows[first + i]); block.mask(c)[i] != (holds ? 1 : 0)) {
            CAPTURE(conditions[c].text());
            CAPTURE(first + i);
            CHECK(block.mask(c)[i] == (holds ? 1 : 0));
          }
    }
  }
}

TEST_CASE("what several conditions share is computed once") {
  Random random(1);
  const Data data(random, 1);
  Program program(data.columns());
  const auto add = [&](const char* text_of_condition) {
    program.add(Expression::parse(text_of_condition, schema()).value());
    return program.steps();
  };
  const std::size_t once = add("open and second <= first + days(30)");
  CHECK(add("open and second <= first + days(30)") == once);
  CHECK(add("second <= first + days(30)") == once);
  CHECK(add("done") == once + 2);
}
