#pragma once

#include "api/workplace.hpp"
#include "app/server_settings.hpp"
#include "http/sender.hpp"

namespace shouyue::ports {

// Hands requests of seats over to the telephone exchange, each at most three times within half a minute: who waits at
// the desk must know soon.
Result<void> work_on_dials(api::Workplace& workplace, http::Sender& sender, const app::Endpoint& exchange);

}  // namespace shouyue::ports
