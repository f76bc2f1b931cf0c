#pragma once

#include <string>

#include "app/server_settings.hpp"
#include "base/instant.hpp"
#include "http/sender.hpp"

// One way of telling another system something: JSON, signed, with an id by which it drops repeats.
namespace shouyue::ports {

enum class Taken : std::uint8_t {
  yes,
  refused,  // it will say the same next time: a status of 4xx but 408 and 429
  not_now,
};

struct Sent {
  Taken taken = Taken::not_now;
  std::string fault;  // what went wrong, without personal data
};

// POST with the headers `Shouyue-Id`, `Shouyue-Timestamp` and `Shouyue-Signature` (vault::request_signature).
Sent send(http::Sender& sender, const app::Endpoint& endpoint, const std::string& id, const std::string& body);

// When to try again after so many tries: half a minute later, then twice as long each time, up to an hour.
Instant next_try(Instant now, int tries);

}  // namespace shouyue::ports
