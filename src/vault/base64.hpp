#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shouyue::vault {

// Base64 for addresses, without padding (RFC 4648, section 5).
std::string to_base64(std::string_view bytes);
// Empty when `text` is something else.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace shouyue::vault
