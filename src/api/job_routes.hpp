#pragma once

#include "api/route.hpp"

// Jobs that the person has started.
namespace shouyue::api {

// The answer of a route that starts one: 202 with the job.
Result<http::Response> job_started(Call& call, std::string kind, Jobs::Work work);

Result<http::Response> show_job(Call& call);
Result<http::Response> follow_job(Call& call);
Result<http::Response> cancel_job(Call& call);

}  // namespace shouyue::api
