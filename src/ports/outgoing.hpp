#pragma once

#include <functional>
#include <thread>
#include <vector>

#include "api/workplace.hpp"
#include "app/server_settings.hpp"

namespace shouyue::ports {

// What the work between systems needs of the server around it.
struct Surroundings {
  api::Workplaces& workplaces;
  const app::ServerSettings& settings;
  std::function<Instant()> clock;
  std::function<void(std::string)> log;  // one line of JSON, without personal data
};

// All that passes between a server and other systems without being asked for, each way on a thread of its own: links
// and messages, dialled calls, webhooks, the drop folder. Only what the settings connect is started; a thread ends with
// its object, after what is under way. Errors: those of read_message_texts.
Result<std::vector<std::jthread>> start_outgoing(const Surroundings& surroundings, const app::Home& home);

}  // namespace shouyue::ports
