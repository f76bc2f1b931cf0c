#include <fstream>
#include <set>

#include <doctest/doctest.h>

#include "api/route.hpp"

using namespace shouyue;

namespace {

// `METHOD path permission` of each operation in web/openapi.yaml, whose paths, methods and `x-permission` stand at an
// indentation of two, four and six.
std::set<std::string> described() {
  std::ifstream file(SHOUYUE_SOURCE_DIR "/web/openapi.yaml");
  REQUIRE(file.good());
  std::set<std::string> operations;
  std::string line, path, method;
  while (std::getline(file, line)) {
    const std::string key = line.substr(std::min(line.size(), line.find_first_not_of(' ')));
    const std::size_t depth = line.size() - key.size();
    if (depth == 2) path = key.starts_with('/') ? key.substr(0, key.size() - 1) : "";
    if (depth == 4) method = key.substr(0, key.find(':'));
    if (depth == 6 && key.starts_with("x-permission: ") && !path.empty()) {
      for (char& c : method) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      const auto [place, is_new] = operations.insert(method + " " + path + " " + key.substr(14));
      CHECK_MESSAGE(is_new, *place);
    }
  }
  return operations;
}

std::string who_may(const api::Route& route) {
  switch (route.door) {
    case api::Door::open: return "anybody";
    case api::Door::any_password:
    case api::Door::signed_in: return "signed_in";
    case api::Door::permitted: return std::string(access::code_of(route.permission));
  }
  return "";
}

}  // namespace

TEST_CASE("the routes and the OpenAPI document say the same") {
  const std::set<std::string> expected = described();
  CHECK(expected.size() > 10);
  std::set<std::string> served;
  for (const api::Route& route : api::routes())
    served.insert(std::string(route.method) + " " + std::string(route.path) + " " + who_may(route));
  for (const std::string& operation : expected) CHECK_MESSAGE(served.contains(operation), "not served: ", operation);
  for (const std::string& operation : served) CHECK_MESSAGE(expected.contains(operation), "not described: ", operation);
}

TEST_CASE("a path leads to its route, with what stands in the places") {
  const auto target = http::Target::parse("/api/calls/P%201/wrap-up");
  REQUIRE(target);
  const api::Match match = api::find_route("POST", *target);
  REQUIRE(match.route);
  CHECK(match.route->path == "/api/calls/{policy_no}/wrap-up");
  CHECK(match.parts.at("policy_no") == "P 1");
  CHECK(api::find_route("GET", *target).route == nullptr);
  CHECK(api::find_route("GET", *target).is_known_path);
  CHECK_FALSE(api::find_route("GET", *http::Target::parse("/api/calls")).is_known_path);
}
