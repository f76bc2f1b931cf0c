#pragma once

#include <string_view>
#include <vector>

#include "access/account.hpp"
#include "app/session.hpp"

namespace shouyue::app {

// Of every account of the demo, and known to everybody: never on a server with the data of persons.
inline constexpr std::string_view demo_password = "shouyue-demo-2021";

// Makes an account for every role and for every seat of the profile, all with the demo's password: the branch handlers
// sit where most tickets are open, the sales agent has most commission on hold. Gives them in the order of the roles;
// those that are there already are replaced.
Result<std::vector<access::Account>> make_demo_accounts(Session& session);

}  // namespace shouyue::app
