// A condition from any text is refused with a column, or is total: both evaluators say the same on every row, however
// odd its values, and `not` of a condition is its opposite.
#include <array>
#include <string>
#include <vector>

#include "expr/columnar.hpp"
#include "expr/expression.hpp"
#include "fuzz/input.hpp"

using namespace shouyue;
using namespace shouyue::expr;

namespace {

constexpr std::size_t rows_count = 64;

const std::vector<std::string> words = {"red", "green", "blue", "black"};
const Schema schema = {{"d", Type::date},        {"e", Type::date},      {"i", Type::integer}, {"j", Type::integer},
                       {"k", Type::integer},     {"m", Type::money},     {"p", Type::decimal}, {"b", Type::boolean},
                       {"t", Type::text, words}, {"s", Type::set, words}};

// Values at the ends of what each column can hold, in columns that go round at different lengths.
struct Table {
  std::array<std::int32_t, rows_count> d, e;
  std::array<std::uint8_t, rows_count> i, b, t;
  std::array<std::uint16_t, rows_count> j;
  std::array<std::int64_t, rows_count> k, m, p;
  std::array<std::uint64_t, rows_count> s;
  std::vector<Row> rows;

  Table() {
    constexpr std::int32_t days[] = {18'908, -719'162, 2'932'896, missing_date, 0, 18'909, 19'000};
    constexpr std::int64_t amounts[] = {0, 1, -1, INT64_MAX, -INT64_MAX, missing_amount, 6'000'000, 10, 1LL << 40};
    constexpr std::uint8_t small[] = {0, 254, 3, missing_code8, 7};
    constexpr std::uint16_t medium[] = {65'534, 0, missing_code16, 12};
    for (std::size_t row = 0; row < rows_count; ++row) {
      d[row] = days[row % 7], e[row] = days[row % 5];
      i[row] = small[row % 5], j[row] = medium[row % 4], k[row] = amounts[row % 9];
      m[row] = amounts[row % 8], p[row] = amounts[(row + 3) % 9];
      b[row] = row % 3 == 2 ? missing_code8 : static_cast<std::uint8_t>(row % 3);
      t[row] = row % 5 == 4 ? missing_code8 : static_cast<std::uint8_t>(row % 5);
      s[row] = row % 16;
      const auto value = [](auto stored, auto missing) {
        return stored == missing ? Value{.missing = true} : Value{static_cast<std::int64_t>(stored)};
      };
      rows.push_back({value(d[row], missing_date), value(e[row], missing_date), value(i[row], missing_code8),
                      value(j[row], missing_code16), value(k[row], missing_amount), value(m[row], missing_amount),
                      value(p[row], missing_amount), value(b[row], missing_code8), value(t[row], missing_code8),
                      Value{static_cast<std::int64_t>(s[row])}});
    }
  }
  std::vector<Column> columns() const {
    return {{Storage::date32, d.data()},   {Storage::date32, e.data()},   {Storage::code8, i.data()},
            {Storage::code16, j.data()},   {Storage::amount64, k.data()}, {Storage::amount64, m.data()},
            {Storage::amount64, p.data()}, {Storage::code8, b.data()},    {Storage::code8, t.data()},
            {Storage::set64, s.data()}};
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Table table;
  const std::string_view text = text_of(data, size);
  const auto condition = Expression::parse(text, schema);
  if (!condition) {
    ensure_is_told(condition.error());
    ensure(condition.error().en.starts_with("column "), "a refusal without a column");
    return 0;
  }
  if (condition->type() != Type::boolean) {
    for (const Row& row : table.rows) condition->evaluate(row);
    return 0;
  }
  Program program(table.columns());
  const std::size_t number = program.add(*condition);
  const auto opposite = Expression::parse("not (" + std::string(text) + ")", schema);
  const std::size_t opposite_number = opposite ? program.add(*opposite) : number;
  Block block(program);
  block.run(0, rows_count);
  for (std::size_t row = 0; row < rows_count; ++row) {
    const bool holds = condition->holds(table.rows[row]);
    ensure(holds == (block.mask(number)[row] != 0), "the two evaluators differ");
    if (!opposite) continue;  // nested too deeply, or too long by these few characters
    ensure(opposite->holds(table.rows[row]) != holds, "not of a condition is not its opposite");
    ensure((block.mask(opposite_number)[row] != 0) != holds, "not of a condition is not its opposite in columns");
  }
  return 0;
}
