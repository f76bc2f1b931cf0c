#include "app/without_formula.hpp"

#include "base/decimal.hpp"

namespace shouyue::app {

std::string without_formula(const std::string& cell) {
  const bool is_formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos;
  return is_formula && !Decimal::parse(cell) ? "'" + cell : cell;
}

}  // namespace shouyue::app
