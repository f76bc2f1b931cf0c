#include "api/server_routes.hpp"

#include "api/metrics.hpp"

namespace shouyue::api {
namespace {

http::Response plain(std::string body) {
  return {.content_type = "text/plain; charset=utf-8", .body = std::move(body)};
}

}  // namespace

http::Response alive() { return plain("ok\n"); }
Result<http::Response> health(Call&) { return alive(); }
Result<http::Response> readiness(Call&) { return plain("ready\n"); }

Result<http::Response> measurements(Call& call) {
  if (call.request.peer != "127.0.0.1" && call.request.peer != "::1")
    return refuse(Errc::not_found, "request.no_such_address", "nothing is at /metrics", "地址 /metrics 不存在");
  http::Response response = plain(call.facilities.metrics.text());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

}  // namespace shouyue::api
