#pragma once

#include "http/message.hpp"
#include "json/write.hpp"

namespace shouyue::api {

// The cookie of a sign-in. Over TLS browsers keep it from other hosts and from plain connections by its name.
inline std::string cookie_name(bool is_encrypted) { return is_encrypted ? "__Host-shouyue" : "shouyue"; }
inline std::string token_of(const http::Request& request) {
  return std::string(request.cookie(cookie_name(request.is_encrypted)));
}

template <class T>
http::Response answer(const T& value, int status = 200) {
  return {.status = status, .content_type = "application/json", .body = json::text_of(value)};
}

inline http::Response event_answer(std::shared_ptr<http::EventStream> events) {
  http::Response response{.content_type = "text/event-stream"};
  response.events = std::move(events);
  return response;
}

}  // namespace shouyue::api
