#pragma once

#include <string>

#include "report/document.hpp"

namespace shouyue::report {

// The chart of a table as inline SVG; empty without one or without rows. Whole coordinates, labelled axes, colours that
// people with any kind of colour vision tell apart (Okabe and Ito), and the figures beside the shapes.
std::string chart_svg(const Table& table);

}  // namespace shouyue::report
