#include "api/problem.hpp"

#include "json/writer.hpp"

namespace shouyue::api {
namespace {

// A database that was restarted is back by then, or it takes longer anyway.
constexpr const char* retry_after_seconds = "5";

}  // namespace

int status_of(const Error& error) {
  if (error.rule == "sign_in.needed" || error.rule == "sign_in.refused" || error.rule == "sign_in.one_time_over" ||
      error.rule == "port.signature")
    return 401;
  if (error.rule == "access.denied" || error.rule == "sign_in.csrf") return 403;
  if (error.rule == "sign_in.locked" || error.rule == "sign_in.busy" || error.rule == "visit.too_often") return 429;
  if (error.rule == "visit.identity_wrong" || error.rule == "visit.pass_needed") return 403;
  switch (error.code) {
    case Errc::invalid_input: return 400;
    case Errc::not_found: return 404;
    case Errc::conflict: return 409;
    case Errc::rule_broken:
    case Errc::no_data: return 422;
    case Errc::environment: return 503;
  }
  return 500;
}

http::Response problem(int status, const Error& error) {
  json::Writer writer;
  writer.begin_object();
  writer.key("type");
  writer.value("urn:shouyue:" + error.rule);
  writer.key("rule");
  writer.value(error.rule);
  writer.key("status");
  writer.value(status);
  writer.key("detail");
  writer.value(error.en);
  writer.key("detail_zh");
  writer.value(error.zh);
  writer.end_object();
  http::Response response{.status = status, .content_type = "application/problem+json", .body = writer.take()};
  if (status == 503 || error.rule == "sign_in.busy") response.headers.emplace_back("Retry-After", retry_after_seconds);
  return response;
}

}  // namespace shouyue::api
