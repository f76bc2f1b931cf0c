#pragma once

#include "api/route.hpp"

// Recordings of calls, taken in as files and played back.
namespace shouyue::api {

Result<http::Response> keep_recording(Call& call);
Result<http::Response> hear_recording(Call& call);

}  // namespace shouyue::api
