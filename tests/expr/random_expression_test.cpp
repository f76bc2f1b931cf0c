// Random conditions against a second interpreter that shares nothing with the first: it walks a tree it made itself and
// prints that tree as text for the real parser. SHOUYUE_SEED and SHOUYUE_ROUNDS choose another run.
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/date.hpp"
#include "expr/expression.hpp"

using namespace shouyue;
using namespace shouyue::expr;

namespace {

const std::vector<std::string> words = {"red", "green", "blue"};
const Schema schema = {{"i", Type::integer},     {"j", Type::integer},     {"d", Type::date},
                       {"e", Type::date},        {"m", Type::money},       {"b", Type::boolean},
                       {"t", Type::text, words}, {"u", Type::text, words}, {"s", Type::set, words}};

using Maybe = std::optional<long long>;

// A piece of text together with its meaning on the row it was made for.
struct Meant {
  std::string text;
  Maybe value;
};

class Maker {
 public:
  Maker(std::mt19937& random, const Row& row) : random_(random), row_(row) {}

  Meant condition(int depth) {
    if (depth == 0 || chance(4)) return comparison();
    const Meant a = condition(depth - 1);
    if (chance(4)) return {"not (" + a.text + ")", !truth(a)};
    const Meant b = condition(depth - 1);
    if (chance(2)) return {"(" + a.text + ") and (" + b.text + ")", truth(a) && truth(b)};
    return {"(" + a.text + ") or (" + b.text + ")", truth(a) || truth(b)};
  }

 private:
  bool chance(unsigned n) { return random_() % n == 0; }
  long long below(unsigned n) { return static_cast<long long>(random_() % n); }
  static bool truth(const Meant& meant) { return meant.value.value_or(0) != 0; }

  Meant variable(std::size_t position) {
    const Value value = row_[position];
    return {schema[position].name, value.missing ? Maybe() : Maybe(value.amount)};
  }

  static Meant plus(const Meant& a, const Meant& b, bool minus) {
    Maybe value;
    if (a.value && b.value) value = minus ? *a.value - *b.value : *a.value + *b.value;
    return {"(" + a.text + (minus ? " - " : " + ") + b.text + ")", value};
  }

  Meant integer(int depth) {
    if (depth > 0 && chance(3)) return plus(integer(depth - 1), integer(depth - 1), chance(2));
    if (depth > 0 && chance(5)) return plus(date(depth - 1), date(depth - 1), true);
    if (chance(2)) return variable(chance(2) ? 0 : 1);
    const long long n = below(6);
    return {chance(3) ? "days(" + std::to_string(n) + ")" : std::to_string(n), n};
  }

  Meant date(int depth) {
    if (depth > 0 && chance(3)) return plus(date(depth - 1), integer(depth - 1), chance(2));
    if (chance(2)) return variable(chance(2) ? 2 : 3);
    const Date day = *Date::from_civil(2021, 1 + static_cast<int>(below(3)), 1 + static_cast<int>(below(28)));
    return {day.text(), day.days()};
  }

  Meant money() {
    if (chance(2)) return variable(4);
    const long long yuan = below(4);
    return {"yuan(" + std::to_string(yuan) + ")", yuan * 100};
  }

  Meant compared(const Meant& a, const Meant& b) {
    static const char* const signs[] = {"==", "!=", "<", "<=", ">", ">="};
    const std::size_t sign = static_cast<std::size_t>(below(6));
    bool holds = false;
    if (a.value && b.value) {
      const long long x = *a.value, y = *b.value;
      const bool results[] = {x == y, x != y, x<y, x <= y, x> y, x >= y};
      holds = results[sign];
    }
    return {a.text + " " + signs[sign] + " " + b.text, holds};
  }

  Meant comparison() {
    switch (below(8)) {
      case 0: return compared(integer(2), integer(2));
      case 1: return compared(date(2), date(2));
      case 2: return compared(money(), money());
      case 3: return variable(5);
      case 4: return text_comparison();
      case 5: return set_question();
      case 6: {
        const std::size_t position = static_cast<std::size_t>(below(static_cast<unsigned>(schema.size())));
        return {"known(" + schema[position].name + ")", !row_[position].missing};
      }
      default: {
        const Meant a = integer(1);
        const long long x = below(5), y = below(5);
        return {a.text + " in [" + std::to_string(x) + ", " + std::to_string(y) + "]",
                a.value && (*a.value == x || *a.value == y)};
      }
    }
  }

  Meant text_comparison() {
    const Meant a = variable(6);
    const std::size_t word = static_cast<std::size_t>(below(3));
    const Meant b = chance(2) ? variable(7) : Meant{"'" + words[word] + "'", static_cast<long long>(word)};
    const bool equal = chance(2);
    return {a.text + (equal ? " == " : " != ") + b.text, a.value && b.value && (*a.value == *b.value) == equal};
  }

  Meant set_question() {
    const Maybe set = variable(8).value;
    const auto has = [&](long long index) { return set && (*set / (1LL << index)) % 2 != 0; };
    const long long x = below(3), y = below(3);
    const std::string first = "'" + words[static_cast<std::size_t>(x)] + "'",
                      second = "'" + words[static_cast<std::size_t>(y)] + "'";
    if (chance(3)) return {first + " in s", has(x)};
    if (chance(2)) return {"s overlaps [" + first + ", " + second + "]", has(x) || has(y)};
    const Maybe t = variable(6).value;
    return {"t in s", t && has(*t)};
  }

  std::mt19937& random_;
  const Row& row_;
};

Row random_row(std::mt19937& random) {
  const std::int64_t january = Date::from_civil(2021, 1, 1)->days();
  const auto pick = [&](unsigned n) { return static_cast<std::int64_t>(random() % n); };
  Row row = {{pick(6)}, {pick(6)}, {january + pick(60)}, {january + pick(60)}, {pick(4) * 100}, {pick(2)}, {pick(3)},
             {pick(3)}, {pick(8)}};
  for (Value& value : row)
    if (random() % 4 == 0) value = {.amount = pick(9), .missing = true};
  return row;
}

unsigned from_environment(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : otherwise;
}

}  // namespace

TEST_CASE("random conditions mean what an independent interpreter says") {
  const unsigned seed = from_environment("SHOUYUE_SEED", 20211008);
  const unsigned rounds = from_environment("SHOUYUE_ROUNDS", 20'000);
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (unsigned round = 0; round < rounds; ++round) {
    const Row row = random_row(random);
    const Meant meant = Maker(random, row).condition(4);
    const auto expression = Expression::parse(meant.text, schema);
    REQUIRE_MESSAGE(expression.has_value(), meant.text << " -> " << (expression ? "" : expression.error().en));
    REQUIRE_MESSAGE(expression->holds(row) == (meant.value.value_or(0) != 0), meant.text);
  }
}

TEST_CASE("random bytes are refused or read, never worse") {
  std::mt19937 random(from_environment("SHOUYUE_SEED", 20211008));
  const std::string alphabet = "ij dem btus()[],'<>=!+-.%0129 and or not in known";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto length = random() % 30; length > 0; --length) text += alphabet[random() % alphabet.size()];
    const auto expression = Expression::parse(text, schema);
    if (expression) expression->evaluate(random_row(random));
  }
}
