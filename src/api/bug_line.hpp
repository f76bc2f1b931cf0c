#pragma once

#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace shouyue::api {

// The line of the log that says by what fault of the program something broke off.
std::string bug_line(Instant at, std::string_view what);

}  // namespace shouyue::api
