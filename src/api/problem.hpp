#pragma once

#include "base/error.hpp"
#include "http/message.hpp"

// Refusals as RFC 9457 problem details: `type` is the rule's id, `detail` and `detail_zh` say what to do.
namespace shouyue::api {

int status_of(const Error& error);
http::Response problem(int status, const Error& error);
inline http::Response problem(const Error& error) { return problem(status_of(error), error); }

}  // namespace shouyue::api
