#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shouyue::http {

// The target of a request line, decoded.
struct Target {
  std::vector<std::string> segments;  // of the path; `/` has none
  std::vector<std::pair<std::string, std::string>> query;

  // Empty for anything that is not an absolute path in well-formed UTF-8: a wrong escape, a control character, an empty
  // segment inside, `.` or `..`, a `/` or `\` within a segment.
  static std::optional<Target> parse(std::string_view text);

  std::string path() const;  // `/api/cases`
  // The value of a parameter; empty when it is missing.
  std::string_view parameter(std::string_view name) const;
};

}  // namespace shouyue::http
