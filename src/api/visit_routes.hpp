#pragma once

#include "api/route.hpp"

// The policyholder's page behind a link, and the links as the office sees them.
namespace shouyue::api {

Result<http::Response> visit_office(Call& call);
Result<http::Response> begin_visit(Call& call);
Result<http::Response> verify_holder(Call& call);
Result<http::Response> visit_questions(Call& call);
Result<http::Response> finish_visit(Call& call);
Result<http::Response> offer_call(Call& call);
Result<http::Response> ask_for_call(Call& call);

Result<http::Response> list_links(Call& call);
Result<http::Response> send_link(Call& call);
Result<http::Response> withdraw_links(Call& call);

}  // namespace shouyue::api
