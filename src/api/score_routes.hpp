#pragma once

#include "api/route.hpp"

// 考核: scorecards of organisations, their months, and the cases behind each figure.
namespace shouyue::api {

Result<http::Response> score_books(Call& call);
Result<http::Response> scores(Call& call);
Result<http::Response> month_closing(Call& call);
Result<http::Response> score_trend(Call& call);
Result<http::Response> score_cases(Call& call);

}  // namespace shouyue::api
