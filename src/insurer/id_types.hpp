#pragma once

#include <span>
#include <string_view>

namespace shouyue::insurer {

// The codes of identity documents that a policy may name, and none; any other text may stand there too.
std::span<const std::string_view> id_types();

}  // namespace shouyue::insurer
