#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "expr/columnar.hpp"
#include "kpi/columns.hpp"
#include "kpi/engine.hpp"

// Indicators made ready for one table, and what they say about a block of its rows.
namespace shouyue::kpi {

// What a row is to an indicator; `excluded` + i: taken out by exclusion i.
namespace row_state {
enum : std::uint8_t { outside, numerator, rest_of_denominator, excluded };
}

struct Measure {
  std::size_t indicator = 0;
  std::size_t population = 0, numerator = 0;  // masks of the program
  std::vector<std::size_t> exclusions;
  const std::int32_t* cohort = nullptr;
  const std::int32_t* early = nullptr;  // may be null
  std::size_t states() const { return row_state::excluded + exclusions.size(); }
};

struct Plan {
  Table table;
  expr::Program program;
  std::vector<Measure> measures;
};

// The indicators of the catalogue that are about `table` (policies, tickets). Errors: kpi.indicator_column.
Result<Plan> plan_for(std::string_view table, const Facts& facts, const Catalogue& catalogue);

// Evaluates a plan block by block. One for each thread.
class MeasuredBlock {
 public:
  explicit MeasuredBlock(const Plan& plan);
  // Evaluates the conditions for `rows` rows from `first`.
  void run(std::size_t first, std::size_t rows);
  // Fills `states` and `days` for one measure.
  void measure(const Measure& measure);
  const std::uint8_t* states() const { return states_.data(); }
  const std::int32_t* days() const { return days_; }

 private:
  expr::Block block_;
  std::size_t first_ = 0, rows_ = 0;
  std::vector<std::uint8_t> states_;
  std::vector<std::int32_t> effective_;
  const std::int32_t* days_ = nullptr;
};

}  // namespace shouyue::kpi
