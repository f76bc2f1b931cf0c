#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "http/application.hpp"

namespace shouyue::http {

struct Limits {
  std::uint32_t header_bytes = 16 * 1024;
  int connections = 10'000;       // over all threads; one more is closed at once
  int requests_waiting = 20'000;  // for a working thread; one more is answered 503
  std::chrono::seconds idle{75};  // between two requests
  std::chrono::seconds header{10};
  std::chrono::seconds body{30};
  std::chrono::seconds body_to_file{900};
  std::chrono::seconds sending{60};  // of an answer, without progress
  std::chrono::seconds ending{20};   // what a stopping server gives the requests it has accepted
};

struct Settings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;               // 0: any free one
  int threads = 1;                         // that move bytes
  int workers = 2;                         // that answer
  std::string certificate_file, key_file;  // PEM; both or none
  bool behind_tls = false;                 // a proxy speaks TLS to the other side, plain text to this server
  std::filesystem::path spool;             // folder for bodies that go to a file
  Limits limits = {};
};

// HTTP/1.1 with one loop a thread, each with a listening socket of its own.
class Server {
 public:
  // Listens; nothing is answered before `run`.
  // Errors: server.cannot_listen, server.certificate.
  static Result<std::unique_ptr<Server>> listen(const Settings& settings, Application& application);
  ~Server();

  std::uint16_t port() const;
  // Until `stop`. All accepted requests have been answered then, or their time was over.
  void run();
  // From any thread, also more than once: no new connection, no new request on an old one.
  void stop();

 private:
  class Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace shouyue::http
