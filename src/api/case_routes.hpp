#pragma once

#include "api/route.hpp"

// Cases: finding them, one with everything about it, personal data in full for a reason, a phone put right.
namespace shouyue::api {

Result<http::Response> list_cases(Call& call);
Result<http::Response> search_cases(Call& call);
Result<http::Response> show_case(Call& call);
Result<http::Response> explain_case(Call& call);
Result<http::Response> why_case(Call& call);
Result<http::Response> unmask_case(Call& call);
Result<http::Response> correct_phone(Call& call);

}  // namespace shouyue::api
