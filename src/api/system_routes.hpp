#pragma once

#include "api/route.hpp"

namespace shouyue::api {

Result<http::Response> list_organisations(Call& call);
Result<http::Response> show_settings(Call& call);

}  // namespace shouyue::api
