#include "api/server_routes.hpp"

namespace shouyue::api {
namespace {

http::Response plain(std::string body) {
  return {.content_type = "text/plain; charset=utf-8", .body = std::move(body)};
}

}  // namespace

http::Response alive() { return plain("ok\n"); }
Result<http::Response> health(Call&) { return alive(); }
Result<http::Response> readiness(Call&) { return plain("ready\n"); }

}  // namespace shouyue::api
