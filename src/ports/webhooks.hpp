#pragma once

#include "api/workplace.hpp"
#include "app/server_settings.hpp"
#include "http/sender.hpp"

namespace shouyue::ports {

// Tells a receiver of every policy that changed, in the order of changes, each once it has acknowledged the one before
// about the same policy. A receiver that does not answer is tried again later and later and misses nothing; a change
// that it refuses is parked, tried ten times more and then shown as dead, while others go on.
Result<void> work_on_webhook(api::Workplace& workplace, http::Sender& sender, const app::Webhook& webhook);

}  // namespace shouyue::ports
