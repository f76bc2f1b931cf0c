#include "api/route.hpp"

#include "base/text.hpp"

namespace shouyue::api {
namespace {

// The parts of a path that fits the template; none when it does not.
std::optional<std::map<std::string, std::string>> fit(std::string_view pattern, const http::Target& target) {
  std::map<std::string, std::string> parts;
  std::size_t n = 0;
  for (const std::string_view piece : split(pattern.substr(1), '/')) {
    if (n == target.segments.size()) return std::nullopt;
    const std::string& segment = target.segments[n++];
    if (piece.starts_with('{'))
      parts.emplace(piece.substr(1, piece.size() - 2), segment);
    else if (piece != segment)
      return std::nullopt;
  }
  if (n != target.segments.size()) return std::nullopt;
  return parts;
}

}  // namespace

Match find_route(std::string_view method, const http::Target& target) {
  Match match;
  for (const Route& route : routes()) {
    auto parts = fit(route.path, target);
    if (!parts) continue;
    match.is_known_path = true;
    if (route.method != method) continue;
    match.route = &route;
    match.parts = std::move(*parts);
    return match;
  }
  return match;
}

}  // namespace shouyue::api
