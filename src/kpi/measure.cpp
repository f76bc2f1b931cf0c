#include "kpi/measure.hpp"

#include <algorithm>

#include "expr/vector_clones.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::kpi {
namespace {

Result<const std::int32_t*> date_column(const Table& table, const expr::Schema& schema, const std::string& name,
                                        const regime::Indicator& indicator) {
  const auto variable = std::ranges::find(schema, name, &expr::Variable::name);
  if (variable != schema.end() && variable->type == expr::Type::date)
    return static_cast<const std::int32_t*>(table.columns[static_cast<std::size_t>(variable - schema.begin())].data);
  return refuse(Errc::invalid_input, "kpi.indicator_column",
                "indicator " + indicator.id + ": table " + indicator.table + " has no date column " + name,
                "指标 " + indicator.id + "：表 " + indicator.table + " 没有日期列 " + name);
}

struct Masks {
  const std::uint8_t* population;
  const std::uint8_t* numerator;
};

SHOUYUE_VECTOR_CLONES
void included_states(Masks masks, std::uint8_t* __restrict states, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i)
    states[i] = static_cast<std::uint8_t>(masks.population[i] * (row_state::rest_of_denominator - masks.numerator[i]));
}

SHOUYUE_VECTOR_CLONES
void exclude(const std::uint8_t* __restrict mask, std::uint8_t state, std::uint8_t* __restrict states,
             std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i)
    states[i] = (mask[i] != 0) & (states[i] != row_state::outside) ? state : states[i];
}

SHOUYUE_VECTOR_CLONES
void early_days(const std::uint8_t* __restrict states, const std::int32_t* __restrict cohort,
                const std::int32_t* __restrict early, std::int32_t* __restrict days, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i) {
    const bool is_early =
        (states[i] == row_state::numerator) & (early[i] != expr::missing_date) & (early[i] < cohort[i]);
    days[i] = is_early ? early[i] : cohort[i];
  }
}

}  // namespace

Result<Plan> plan_for(std::string_view name, const Facts& facts, const Catalogue& catalogue) {
  const bool policies = name == "policies";
  ensure(policies || name == "tickets", "a table of facts");
  const Table table = policies ? facts.policies.table() : facts.tickets.table(catalogue.subtypes);
  const expr::Schema schema =
      policies ? regime::policy_column_schema()
               : regime::ticket_column_schema({catalogue.subtypes.begin(), catalogue.subtypes.end()});
  ensure(table.organisations_known <= facts.organisations.size(), "rows of organisations that are not in the tree");
  Plan plan{.table = table, .program = expr::Program(table.columns), .measures = {}};
  for (std::size_t i = 0; i < catalogue.indicators.size(); ++i) {
    const regime::Indicator& indicator = catalogue.indicators[i];
    if (indicator.table != name) continue;
    Measure measure;
    measure.indicator = i;
    measure.population = plan.program.add(indicator.population);
    measure.numerator = plan.program.add(indicator.numerator);
    for (const regime::Exclusion& exclusion : indicator.exclusions)
      measure.exclusions.push_back(plan.program.add(exclusion.when));
    measure.cohort = SHOUYUE_TRY(date_column(table, schema, indicator.cohort, indicator));
    if (!indicator.early.empty()) measure.early = SHOUYUE_TRY(date_column(table, schema, indicator.early, indicator));
    plan.measures.push_back(std::move(measure));
  }
  return plan;
}

MeasuredBlock::MeasuredBlock(const Plan& plan)
    : block_(plan.program), states_(expr::Program::block_rows), effective_(expr::Program::block_rows) {}

void MeasuredBlock::run(std::size_t first, std::size_t rows) {
  first_ = first;
  rows_ = rows;
  block_.run(first, rows);
}

void MeasuredBlock::measure(const Measure& measure) {
  included_states({.population = block_.mask(measure.population), .numerator = block_.mask(measure.numerator)},
                  states_.data(), rows_);
  // From the last to the first, so that the first one that holds is the one that stays.
  for (std::size_t i = measure.exclusions.size(); i-- > 0;)
    exclude(block_.mask(measure.exclusions[i]), static_cast<std::uint8_t>(row_state::excluded + i), states_.data(),
            rows_);
  days_ = measure.cohort + first_;
  if (measure.early == nullptr) return;
  early_days(states_.data(), days_, measure.early + first_, effective_.data(), rows_);
  days_ = effective_.data();
}

}  // namespace shouyue::kpi
