#pragma once

#include "api/route.hpp"

namespace shouyue::api {

Result<http::Response> list_audit(Call& call);
Result<http::Response> verify_audit(Call& call);  // a job

}  // namespace shouyue::api
