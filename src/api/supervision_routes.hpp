#pragma once

#include "api/route.hpp"

// What a supervisor sees of the seats and the open cases, and what he changes.
namespace shouyue::api {

Result<http::Response> show_wallboard(Call& call);
Result<http::Response> follow_wallboard(Call& call);
Result<http::Response> list_next_up(Call& call);
Result<http::Response> reassign_case(Call& call);
Result<http::Response> count_capacity(Call& call);
Result<http::Response> show_capacity(Call& call);  // of a count that is done

}  // namespace shouyue::api
