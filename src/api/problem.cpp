#include "api/problem.hpp"

#include "json/writer.hpp"

namespace shouyue::api {

int status_of(const Error& error) {
  if (error.rule == "sign_in.needed" || error.rule == "sign_in.refused" || error.rule == "port.signature") return 401;
  if (error.rule == "access.denied" || error.rule == "sign_in.csrf") return 403;
  if (error.rule == "sign_in.locked" || error.rule == "visit.too_often") return 429;
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
  return {.status = status, .content_type = "application/problem+json", .body = writer.take()};
}

}  // namespace shouyue::api
