#pragma once

#include <optional>
#include <string_view>

#include "base/date.hpp"
#include "http/message.hpp"

namespace shouyue::api {

// The day of a parameter; empty when it is missing. Errors: those of Date::parse.
inline Result<std::optional<Date>> date_asked(const http::Request& request, std::string_view name) {
  const std::string_view text = request.target.parameter(name);
  if (text.empty()) return std::nullopt;
  return SHOUYUE_TRY(Date::parse(text));
}

}  // namespace shouyue::api
