#pragma once

#include "http/message.hpp"
#include "json/write.hpp"

namespace shouyue::api {

inline constexpr std::string_view cookie_name = "shouyue";

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
