#pragma once

#include "api/route.hpp"

// What an office writes down itself: its own calls, visits and returned letters; and the papers for them.
namespace shouyue::api {

Result<http::Response> office_visits(Call& call);
Result<http::Response> record_office_visit(Call& call);
Result<http::Response> print_letter(Call& call);
Result<http::Response> print_letters(Call& call);
Result<http::Response> print_door_visit(Call& call);

}  // namespace shouyue::api
