#pragma once

#include "api/route.hpp"

// A seat's work from case to case: the next one, how long it is held, what came of it.
namespace shouyue::api {

Result<http::Response> next_call(Call& call);
Result<http::Response> current_call(Call& call);
Result<http::Response> renew_call(Call& call);
Result<http::Response> give_back(Call& call);
Result<http::Response> wrap_up(Call& call);

}  // namespace shouyue::api
