#pragma once

#include "app/kpi_figures.hpp"

namespace shouyue::app {

// The figures of indicators as rows of a table; docs/formats.md says what the columns hold.
const std::vector<std::string>& kpi_columns();
std::vector<std::string> cells_of(const std::string& regime, const KpiFigure& figure);

// Fills in by what the figures are split: `org`, `channel` and `product_type`, separated by commas.
// Errors: kpi.unknown_dimension.
Result<void> split_by(const std::string& by, KpiRequest& request);
// Errors: kpi.unknown_level.
Result<std::optional<insurer::Level>> level_of(const std::string& word);

}  // namespace shouyue::app
