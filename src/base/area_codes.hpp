#pragma once

#include <cstddef>
#include <string_view>

namespace shouyue {

// Digits of the Chinese area code with its leading 0 (010, 0594) at the start of `digits`: 3 or 4; 0 when there is
// none.
std::size_t area_code_size(std::string_view digits);

}  // namespace shouyue
