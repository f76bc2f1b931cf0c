#include "ports/sending.hpp"

#include <algorithm>
#include <chrono>

#include "vault/signature.hpp"

namespace shouyue::ports {

Sent send(http::Sender& sender, const app::Endpoint& endpoint, const std::string& id, const std::string& body) {
  using namespace std::chrono;
  const std::int64_t now = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
  const auto answer =
      sender.send({.address = endpoint.address,
                   .authority_file = endpoint.authority_file,
                   .headers = {{"Content-Type", "application/json"},
                               {"Shouyue-Id", id},
                               {"Shouyue-Timestamp", std::to_string(now)},
                               {"Shouyue-Signature", vault::request_signature(endpoint.secret, now, body)}},
                   .body = body});
  if (!answer) return {.taken = Taken::not_now, .fault = answer.error().en};
  if (answer->status >= 200 && answer->status < 300) return {.taken = Taken::yes, .fault = {}};
  const std::string fault = "HTTP " + std::to_string(answer->status);
  const bool is_final = answer->status >= 400 && answer->status < 500 && answer->status != 408 && answer->status != 429;
  return {.taken = is_final ? Taken::refused : Taken::not_now, .fault = fault};
}

Instant next_try(Instant now, int tries) {
  constexpr std::int64_t first = 30, longest = 3600;
  constexpr int doublings_max = 7;
  return now.plus_seconds(std::min(longest, first << std::clamp(tries - 1, 0, doublings_max)));
}

}  // namespace shouyue::ports
