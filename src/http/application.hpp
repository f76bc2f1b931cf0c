#pragma once

#include <chrono>
#include <optional>

#include "http/message.hpp"

namespace shouyue::http {

// What the server serves.
class Application {
 public:
  virtual ~Application() = default;

  // On a thread that moves bytes for many: decide by the request line and the headers, wait for nothing.
  virtual BodyRule body_rule(const Request& head) = 0;
  // The same: an answer that needs no waiting, or none.
  virtual std::optional<Response> answer_at_once(const Request& request) = 0;

  // On a working thread, before a body goes to a file: an answer instead, when the sender may not send it.
  virtual std::optional<Response> refuse_body(const Request& head) = 0;

  // On a working thread; may wait for the database. An exception becomes a 500 with the text of `failure`.
  virtual Response answer(const Request& request) = 0;
  virtual Response failure(const Request& request, int status) = 0;

  // After the answer was sent or given up.
  virtual void note(const Request& request, const Response& response, std::chrono::microseconds duration) = 0;
};

}  // namespace shouyue::http
