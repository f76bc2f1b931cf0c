#pragma once

#include "app/accounts.hpp"

namespace shouyue::app {

// Who holds the token, as `person_of` says it; but to look on is no use, and keeps no sign-in alive.
Result<std::optional<Person>> onlooker_of(Session& session, const Directory& directory, const std::string& token);

}  // namespace shouyue::app
