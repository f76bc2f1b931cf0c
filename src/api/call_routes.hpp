#pragma once

#include "api/route.hpp"

// A seat's work: the next case, what is asked, what came of it.
namespace shouyue::api {

Result<http::Response> next_call(Call& call);
Result<http::Response> give_back(Call& call);
Result<http::Response> wrap_up(Call& call);
Result<http::Response> asked_questions(Call& call);

}  // namespace shouyue::api
