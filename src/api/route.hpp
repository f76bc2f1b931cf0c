#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.hpp"
#include "api/facilities.hpp"
#include "app/accounts.hpp"
#include "app/policy_deriver.hpp"
#include "http/message.hpp"

namespace shouyue::api {

// One request on its way through a handler.
struct Call {
  Facilities& facilities;
  app::Session& session;
  app::PolicyDeriver& deriver;
  const http::Request& request;
  const app::Person* person = nullptr;       // null on routes that need no sign-in
  std::map<std::string, std::string> parts;  // what stands in the places of {…} in the path
};

using Handler = Result<http::Response> (*)(Call& call);

// Whom a route serves.
enum class Door : std::uint8_t {
  open,          // everybody
  any_password,  // any person, also with a one-time password
  signed_in,     // any person with a password of his own
  permitted,     // the same, whose role has the permission
};

struct Route {
  std::string_view method, path;  // `/api/cases/{policy_no}`
  Door door = Door::signed_in;
  access::Permission permission = access::Permission::call;  // of Door::permitted
  Handler handle = nullptr;
  std::uint64_t body_bytes_max = 64 * 1024;
  bool body_to_file = false;
  bool keeps_answer = true;  // false: the answer holds a secret, and is given once
  bool marks_body = true;    // false: the body holds a password, and not even its digest is kept
};

// All routes, in the order of the OpenAPI document.
std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;  // null: the path is not known, or only with other methods
  bool is_known_path = false;
  std::map<std::string, std::string> parts;
};
Match find_route(std::string_view method, const http::Target& target);

}  // namespace shouyue::api
