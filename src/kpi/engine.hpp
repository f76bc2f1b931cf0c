#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kpi/columns.hpp"
#include "kpi/scorecard.hpp"
#include "regime/regime.hpp"

// Computes indicators over the fact columns.
//
// A row belongs to the population of an indicator when its condition holds and its day lies in the period; the first
// exclusion that holds takes it out; what is left is the denominator; of that, the numerator is what its condition
// holds for.
// The day of a row is its cohort date. With `early`, a row of the numerator whose early date is known and before its
// cohort date counts on its early date instead, and then only there: every row counts once, in one period, so that
// months add up to quarters and years. A row without a cohort date counts nowhere.
namespace shouyue::kpi {

struct Facts {
  const PolicyColumns& policies;
  const TicketColumns& tickets;
  const OrganisationTree& organisations;
};

// The indicators of a rule book and the ticket subtypes that its conditions were parsed with.
struct Catalogue {
  std::span<const regime::Indicator> indicators;
  std::span<const std::string> subtypes;
};
// Of a book with a `kpi` section; points into the book.
Catalogue catalogue_of(const regime::Regime& regime);

// All figures in one pass over each table, the same for any number of threads. External indicators have no figures.
// Errors: kpi.indicator_table, kpi.indicator_column, kpi.too_many_cells.
Result<Scorecard> compute(const Facts& facts, const Catalogue& catalogue, const Request& request);

enum class Side : std::uint8_t { numerator, denominator, excluded };

// The rows behind one figure.
struct Behind {
  std::size_t indicator = 0;
  Period period;
  Side side = Side::denominator;
  std::optional<std::uint32_t> organisation;  // with what lies below it
  std::optional<insurer::Channel> channel;
  std::optional<insurer::ProductType> product_type;
  std::optional<std::size_t> exclusion;  // Side::excluded: only those that this exclusion takes out
};

// Row numbers, ascending, of the indicator's table (PolicyColumns or TicketColumns); as many as the figure says.
// Errors: as `compute`, and kpi.no_rows for an external indicator.
Result<std::vector<std::uint32_t>> rows_behind(const Facts& facts, const Catalogue& catalogue, const Behind& behind);

}  // namespace shouyue::kpi
