#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/target.hpp"

// What comes in and what goes out, without anything of the network library.
namespace shouyue::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // upper case
  Target target;
  Headers headers;  // names in lower case, in the order in which they came
  std::string body;
  std::filesystem::path body_file;  // holds the body when the rule asked for a file; removed after the answer
  std::string peer;                 // address of the other side
  bool is_encrypted = false;

  // The first header of that name (lower case); empty when there is none.
  std::string_view header(std::string_view name) const;
  // The value of a cookie; empty when there is none.
  std::string_view cookie(std::string_view name) const;
};

class EventStream;

struct Response {
  int status = 200;
  std::string content_type = {};
  std::string body = {};
  Headers headers = {};
  std::string who = {};                                 // was answered; not sent, for the log
  std::shared_ptr<const std::string> shared_body = {};  // in the place of `body`: one text for many answers
  std::filesystem::path file = {};                      // in the place of `body`
  std::shared_ptr<const void> kept = {};                // until the answer was sent: what `file` lies in
  std::shared_ptr<EventStream> events = {};             // in the place of `body`: the connection stays open
};

// How a body is taken in, decided by its request line and headers.
struct BodyRule {
  std::uint64_t bytes_max = 0;
  bool to_file = false;
};

}  // namespace shouyue::http
