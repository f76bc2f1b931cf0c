#pragma once

#include "api/route.hpp"

// What one person asks of another: waiver, another rule book, release by hand, month close, revocation.
namespace shouyue::api {

Result<http::Response> exceptions(Call& call);
Result<http::Response> ask_exception(Call& call);
Result<http::Response> exception(Call& call);
Result<http::Response> decide_exception(Call& call);
Result<http::Response> withdraw_exception(Call& call);
Result<http::Response> hand_in_paper(Call& call);
Result<http::Response> read_paper(Call& call);

}  // namespace shouyue::api
