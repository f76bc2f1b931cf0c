#pragma once

#include <memory>
#include <string>

#include "base/error.hpp"
#include "http/message.hpp"

namespace shouyue::http {

// A request to another system.
struct Outgoing {
  std::string method = "POST";
  std::string address;         // https://…, or http://… to this machine
  std::string authority_file;  // PEM of the authority of its certificate; empty: those the system trusts
  Headers headers;
  std::string body;
};

struct Incoming {
  int status = 0;
  std::string body;  // its first 64 KB
};

// Asks other systems, one request at a time; keeps connections for the next one. The other side's certificate and name
// are checked, redirections are not followed, `https_proxy` of the environment is used.
class Sender {
 public:
  Sender();
  ~Sender();

  // At most five seconds to connect and twenty for all. Errors: sender.unreachable (environment), for anything but an
  // answer.
  Result<Incoming> send(const Outgoing& request);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace shouyue::http
