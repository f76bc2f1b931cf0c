#include "kpi/engine.hpp"

#include <algorithm>
#include <thread>

#include "expr/vector_clones.hpp"
#include "kpi/measure.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::kpi {
namespace {

constexpr std::size_t block_rows = expr::Program::block_rows;

// How the position of a row's cell follows from the row: dimensions that are not split have the factor 0.
struct Factors {
  std::uint32_t organisation, channel, product_type;
};

Factors factors_of(const Dimensions& d) {
  const auto factor = [](std::size_t positions, std::size_t below) {
    return positions == 1 ? 0U : static_cast<std::uint32_t>(below);
  };
  return {.organisation = factor(d.organisations, d.channels * d.product_types),
          .channel = factor(d.channels, d.product_types),
          .product_type = factor(d.product_types, 1)};
}

// For each day from the first of the period, the first cell of its month; one more entry, for all other days, leads to
// cells behind the last month that nobody reads. So the counting loop has no branch.
struct DayTable {
  std::int32_t first_day = 0;
  std::uint32_t other_days = 0;  // position of that entry
  std::vector<std::uint32_t> first_cell;

  DayTable(const Request& request, const Dimensions& dimensions, std::size_t states)
      : first_day(request.period.from.days()),
        other_days(static_cast<std::uint32_t>(request.period.to - request.period.from + 1)) {
    const auto month_cells = static_cast<std::uint32_t>(dimensions.places() * states);
    std::uint32_t cell = 0;
    for (const Period& month : request.by_month ? request.period.months() : std::vector{request.period}) {
      first_cell.insert(first_cell.end(), static_cast<std::size_t>(month.to - month.from + 1), cell);
      cell += month_cells;
    }
    first_cell.push_back(cell);
  }
};

SHOUYUE_VECTOR_CLONES
void place_rows(const Table& table, Factors factors, std::size_t first, std::size_t rows,
                std::uint32_t* __restrict places) {
  const std::uint32_t* __restrict organisation = table.organisation + first;
  const std::uint8_t* __restrict channel = table.channel + first;
  const std::uint8_t* __restrict product_type = table.product_type + first;
  for (std::size_t i = 0; i < rows; ++i)
    places[i] =
        organisation[i] * factors.organisation + channel[i] * factors.channel + product_type[i] * factors.product_type;
}

SHOUYUE_VECTOR_CLONES
void find_cells(const DayTable& table, const std::int32_t* __restrict days, const std::uint32_t* __restrict places,
                const std::uint8_t* __restrict states, std::uint32_t width, std::uint32_t* __restrict cells,
                std::size_t rows) {
  const std::uint32_t* __restrict first_cell = table.first_cell.data();
  const auto first_day = static_cast<std::uint32_t>(table.first_day);
  const std::uint32_t other_days = table.other_days;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint32_t since = static_cast<std::uint32_t>(days[i]) - first_day;
    cells[i] = first_cell[static_cast<std::int32_t>(std::min(since, other_days))] + places[i] * width + states[i];
  }
}

// What one thread counts for one table.
class Counting {
 public:
  Counting(const Plan& plan, const Request& request, const Dimensions& dimensions)
      : plan_(plan), factors_(factors_of(dimensions)), block_(plan), places_(block_rows), cells_(block_rows) {
    for (const Measure& measure : plan.measures) {
      days_.emplace_back(request, dimensions, measure.states());
      counts_.emplace_back((dimensions.months + 1) * dimensions.places() * measure.states());
    }
  }

  void run(std::size_t from, std::size_t to) {
    for (std::size_t first = from; first < to; first += block_rows) {
      const std::size_t rows = std::min(block_rows, to - first);
      block_.run(first, rows);
      place_rows(plan_.table, factors_, first, rows, places_.data());
      for (std::size_t m = 0; m < plan_.measures.size(); ++m) count(m, rows);
    }
  }

  // By place and state; the places behind the last month mean nothing.
  const std::vector<std::uint32_t>& counts(std::size_t measure) const { return counts_[measure]; }

 private:
  void count(std::size_t m, std::size_t rows) {
    const Measure& measure = plan_.measures[m];
    block_.measure(measure);
    find_cells(days_[m], block_.days(), places_.data(), block_.states(), static_cast<std::uint32_t>(measure.states()),
               cells_.data(), rows);
    std::uint32_t* counts = counts_[m].data();
    for (std::size_t i = 0; i < rows; ++i) ++counts[cells_[i]];
  }

  const Plan& plan_;
  Factors factors_;
  MeasuredBlock block_;
  std::vector<std::uint32_t> places_, cells_;
  std::vector<DayTable> days_;
  std::vector<std::vector<std::uint32_t>> counts_;
};

// One measure's counts of all threads, without the state `outside` and the places that mean nothing.
std::vector<std::int64_t> added_up(const std::vector<Counting>& parts, std::size_t measure, std::size_t states,
                                   std::size_t places) {
  std::vector<std::int64_t> sums(places * (states - 1), 0);
  for (const Counting& part : parts) {
    const std::uint32_t* counts = part.counts(measure).data();
    std::int64_t* sum = sums.data();
    for (std::size_t place = 0; place < places; ++place, counts += states)
      for (std::size_t state = 1; state < states; ++state) *sum++ += counts[state];
  }
  return sums;
}

void count_table(const Plan& plan, const Request& request, ScorecardBuilder& builder) {
  const Dimensions& dimensions = builder.dimensions();
  const std::size_t blocks = (plan.table.rows + block_rows - 1) / block_rows;
  const std::size_t parts_wanted = std::clamp<std::size_t>(request.threads, 1, std::max<std::size_t>(blocks, 1));
  std::vector<Counting> parts;
  parts.reserve(parts_wanted);
  for (std::size_t i = 0; i < parts_wanted; ++i) parts.emplace_back(plan, request, dimensions);
  const auto run = [&](std::size_t i) {
    const auto boundary = [&](std::size_t part) {
      return std::min(plan.table.rows, blocks * part / parts_wanted * block_rows);
    };
    parts[i].run(boundary(i), boundary(i + 1));
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < parts_wanted; ++i) threads.emplace_back(run, i);
    run(0);
  }
  for (std::size_t m = 0; m < plan.measures.size(); ++m) {
    const std::size_t states = plan.measures[m].states();
    builder.set(plan.measures[m].indicator, states - 1,
                added_up(parts, m, states, dimensions.months * dimensions.places()));
  }
}

Result<void> check_request(const Catalogue& catalogue, const Dimensions& dimensions) {
  for (const regime::Indicator& indicator : catalogue.indicators) {
    if (indicator.table != "policies" && indicator.table != "tickets" && indicator.table != "external")
      return refuse(Errc::invalid_input, "kpi.indicator_table",
                    "indicator " + indicator.id + ": no table " + indicator.table,
                    "指标 " + indicator.id + "：没有表 " + indicator.table);
    const std::size_t states = row_state::excluded + indicator.exclusions.size();
    if ((dimensions.months + 1) * dimensions.places() * states > UINT32_MAX)
      return refuse(Errc::invalid_input, "kpi.too_many_cells",
                    "indicator " + indicator.id + ": the split has too many cells; ask for fewer months or dimensions",
                    "指标 " + indicator.id + "：分组过细，请减少月份或维度");
  }
  return {};
}

bool is_on_side(std::uint8_t state, const Behind& behind) {
  switch (behind.side) {
    case Side::numerator: return state == row_state::numerator;
    case Side::denominator: return state == row_state::numerator || state == row_state::rest_of_denominator;
    case Side::excluded: break;
  }
  return behind.exclusion ? state == row_state::excluded + *behind.exclusion : state >= row_state::excluded;
}

}  // namespace

Catalogue catalogue_of(const regime::Regime& regime) {
  ensure(regime.kpi.has_value(), "a rule book without indicators");
  return {.indicators = regime.kpi->indicators,
          .subtypes = regime.attempt_schema[regime::attempt_variable::subtype].words};
}

Result<Scorecard> compute(const Facts& facts, const Catalogue& catalogue, const Request& request) {
  ScorecardBuilder builder(request, facts.organisations, catalogue.indicators.size());
  SHOUYUE_CHECK(check_request(catalogue, builder.dimensions()));
  for (const std::string_view table : {"policies", "tickets"}) {
    const Plan plan = SHOUYUE_TRY(plan_for(table, facts, catalogue));
    if (!plan.measures.empty()) count_table(plan, request, builder);
  }
  return builder.finish();
}

Result<std::vector<std::uint32_t>> rows_behind(const Facts& facts, const Catalogue& catalogue, const Behind& behind) {
  const regime::Indicator& indicator = catalogue.indicators[behind.indicator];
  if (indicator.table == "external")
    return refuse(Errc::not_found, "kpi.no_rows", "indicator " + indicator.id + " is not computed from facts here",
                  "指标 " + indicator.id + " 不由本系统的事实计算");
  const Catalogue one{.indicators = catalogue.indicators.subspan(behind.indicator, 1), .subtypes = catalogue.subtypes};
  SHOUYUE_CHECK(check_request(one, {}));
  const Plan plan = SHOUYUE_TRY(plan_for(indicator.table, facts, one));
  const auto inside = behind.organisation ? facts.organisations.subtree(*behind.organisation)
                                          : std::vector<std::uint8_t>(facts.organisations.size(), 1);
  MeasuredBlock block(plan);
  std::vector<std::uint32_t> rows_found;
  for (std::size_t first = 0; first < plan.table.rows; first += block_rows) {
    const std::size_t rows = std::min(block_rows, plan.table.rows - first);
    block.run(first, rows);
    block.measure(plan.measures[0]);
    for (std::size_t i = 0; i < rows; ++i) {
      const std::size_t row = first + i;
      const bool fits =
          is_on_side(block.states()[i], behind) && inside[plan.table.organisation[row]] != 0 &&
          behind.period.holds(Date::from_days(block.days()[i])) &&
          (!behind.channel || plan.table.channel[row] == static_cast<std::uint8_t>(*behind.channel)) &&
          (!behind.product_type || plan.table.product_type[row] == static_cast<std::uint8_t>(*behind.product_type));
      if (fits) rows_found.push_back(static_cast<std::uint32_t>(row));
    }
  }
  return rows_found;
}

}  // namespace shouyue::kpi
