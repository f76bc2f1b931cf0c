#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"

// What stands in the address of the policyholder's page, and what the page holds after the identity check. Both carry a
// proof by the server's key and nothing about a person.
namespace shouyue::app {

struct VisitToken {
  std::int64_t bucket = 0;
  std::string link_id;  // 24 hexadecimal digits
  Instant expires_at;   // whole seconds
};

// 46 characters that may stand in an address.
std::string visit_token(std::string_view key, const VisitToken& token);
// Errors: visit.unknown_link, for a text that this server did not sign.
Result<VisitToken> read_visit_token(std::string_view key, std::string_view text);

// Who proved to be the holder of this link, at that moment.
std::string visit_pass(std::string_view key, const std::string& link_id, Instant proven_at);
// The moment; empty for a pass of another link or one that this server did not sign.
std::optional<Instant> read_visit_pass(std::string_view key, const std::string& link_id, std::string_view text);

}  // namespace shouyue::app
