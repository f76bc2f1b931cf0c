#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace shouyue {

// Bytes as text of RFC 4648, section 4, with padding.
std::string base64_of(std::string_view bytes);

// Errors: encoding.not_base64.
Result<std::string> from_base64(std::string_view text);

}  // namespace shouyue
