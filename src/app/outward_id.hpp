#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shouyue::app {

// How other systems name a message or a dialled call: its bucket and its id, 27 hexadecimal digits that say nothing of
// a person.
struct OutwardId {
  std::int64_t bucket = 0;
  std::string id;
};
std::string outward_id(std::string_view policy_no, const std::string& id);
std::optional<OutwardId> read_outward_id(std::string_view text);

}  // namespace shouyue::app
