#include "app/organisation_part.hpp"

#include <algorithm>

namespace shouyue::app {

bool OrganisationPart::holds(const std::string& code) {
  if (top_.empty() || code == top_) return true;
  const auto [found, is_new] = known_.emplace(code, false);
  if (is_new)
    found->second = std::ranges::any_of(directory_->path(code, day_),
                                        [&](const insurer::Organisation* above) { return above->code == top_; });
  return found->second;
}

}  // namespace shouyue::app
