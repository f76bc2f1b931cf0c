#pragma once

#include <string_view>

namespace shouyue::access {

// Whether a password is nothing but words, keys in a row and years that everybody tries first, whatever the case of
// its letters and the signs between them.
bool is_known_password(std::string_view password);

}  // namespace shouyue::access
