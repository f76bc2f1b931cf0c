#pragma once

#include "api/route.hpp"

// What other systems ask and tell, and what the office sees of it.
namespace shouyue::api {

Result<http::Response> list_changes(Call& call);
Result<http::Response> list_webhooks(Call& call);
Result<http::Response> retry_webhook(Call& call);
Result<http::Response> take_message_status(Call& call);
Result<http::Response> take_call_event(Call& call);
Result<http::Response> dial_call(Call& call);
Result<http::Response> show_dial(Call& call);
Result<http::Response> follow_dial(Call& call);
Result<http::Response> new_token(Call& call);
Result<http::Response> revoke_tokens(Call& call);

}  // namespace shouyue::api
