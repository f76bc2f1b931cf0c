#pragma once

#include "api/route.hpp"

// 假设发放: what would be paid if receipts came back or visits succeeded, worked out as a job.
namespace shouyue::api {

Result<http::Response> start_what_if(Call& call);
Result<http::Response> list_supposed(Call& call);

}  // namespace shouyue::api
