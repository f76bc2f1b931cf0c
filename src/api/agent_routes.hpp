#pragma once

#include "api/route.hpp"

// The page of a sales agent: what he has to bring back, to help with and to answer, and what is kept back of his
// commission.
namespace shouyue::api {

Result<http::Response> own_desk(Call& call);
Result<http::Response> own_questions(Call& call);
Result<http::Response> own_ticket(Call& call);
Result<http::Response> answer_own_ticket(Call& call);

}  // namespace shouyue::api
