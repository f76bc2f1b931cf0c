#pragma once

#include "api/route.hpp"

// What a seat sees and asks in a call: the card, the number, who is on the line, the questions, when to call again.
namespace shouyue::api {

Result<http::Response> show_call_card(Call& call);
Result<http::Response> reveal_contact(Call& call);
Result<http::Response> check_identity(Call& call);
Result<http::Response> asked_questions(Call& call);
Result<http::Response> call_slots(Call& call);

// Errors: policy.not_found for a policy outside the person's organisation.
Result<void> require_visible(Call& call, const std::string& policy_no);
// Errors: call.no_seat.
Result<std::string> seat_of(const Call& call);
// That the person's seat holds the case by this claim. Errors: claim.not_held.
Result<void> require_held(Call& call, const std::string& policy_no, std::int64_t fence);
std::unexpected<Error> not_held();

}  // namespace shouyue::api
