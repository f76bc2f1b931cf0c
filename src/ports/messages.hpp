#pragma once

#include "api/workplace.hpp"
#include "app/messages.hpp"
#include "http/sender.hpp"

namespace shouyue::ports {

// Sends the messages that are due, through the gateway or into the spool folder, and takes the words of the spool
// folder about those sent before. A message that was not taken is tried again later and later, twelve times in all.
Result<void> work_on_messages(api::Workplace& workplace, http::Sender& sender, const app::ServerSettings& settings,
                              const app::MessageTexts& texts);

}  // namespace shouyue::ports
