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

std::string grouped(std::int64_t number);  // 1,234,567
std::string grouped_yuan(Money amount);    // 1,234.50

}  // namespace shouyue::report
