#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "report/document.hpp"

namespace shouyue::report {

std::string escaped(std::string_view text);
// Both languages; the style sheet shows one. `element`: span, or tspan inside a chart.
std::string both(const Text& text, std::string_view element = "span");
std::string both(std::string_view zh, std::string_view en, std::string_view element = "span");

std::string grouped(std::string_view number);  // a decimal number: -1234.5 gives −1,234.5
std::string grouped(std::int64_t number);
std::string grouped_yuan(Money amount);  // 1,234.50

}  // namespace shouyue::report
