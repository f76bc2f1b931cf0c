#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shouyue::insurer {

// Document libraries print their name, in other scripts, into the middle of the texts that they show; copied tables
// carry it along. Gives the text without it, or nothing when the text has none, which is the ordinary case. Source:
// defects seen in texts taken from a document library.
std::optional<std::string> without_page_noise(std::string_view text);

}  // namespace shouyue::insurer
