#include <array>

#include "api/access_routes.hpp"
#include "api/call_card_routes.hpp"
#include "api/call_routes.hpp"
#include "api/job_routes.hpp"
#include "api/recording_routes.hpp"
#include "api/server_routes.hpp"

namespace shouyue::api {
namespace {

using enum access::Permission;

constexpr Route answered_once(Route route) {
  route.keeps_answer = false;
  return route;
}

constexpr std::array table{
    Route{"GET", "/healthz", Door::open, {}, health},
    Route{"GET", "/readyz", Door::open, {}, readiness},
    Route{"GET", "/metrics", Door::open, {}, measurements},

    Route{"POST", "/api/sign-in", Door::open, {}, sign_in},
    Route{"DELETE", "/api/sign-in", Door::any_password, {}, sign_out},
    Route{"GET", "/api/me", Door::any_password, {}, own_account},
    Route{"PUT", "/api/me/password", Door::any_password, {}, change_password},
    Route{"GET", "/api/accounts", Door::permitted, manage_users, list_accounts},
    answered_once({"PUT", "/api/accounts/{name}", Door::permitted, manage_users, put_account}),

    Route{"GET", "/api/jobs/{id}", Door::signed_in, {}, show_job},
    Route{"GET", "/api/jobs/{id}/events", Door::signed_in, {}, follow_job},
    Route{"DELETE", "/api/jobs/{id}", Door::signed_in, {}, cancel_job},

    Route{"POST", "/api/calls/next", Door::permitted, call, next_call},
    Route{"GET", "/api/calls/current", Door::permitted, call, current_call},
    Route{"GET", "/api/calls/{policy_no}", Door::permitted, call, show_call_card},
    answered_once({"POST", "/api/calls/{policy_no}/contact", Door::permitted, call, reveal_contact}),
    Route{"POST", "/api/calls/{policy_no}/identity", Door::permitted, call, check_identity},
    Route{"GET", "/api/calls/{policy_no}/questions", Door::permitted, call, asked_questions},
    Route{"GET", "/api/calls/{policy_no}/slots", Door::permitted, call, call_slots},
    Route{"POST", "/api/calls/{policy_no}/renew", Door::permitted, call, renew_call},
    Route{"POST", "/api/calls/{policy_no}/give-back", Door::permitted, call, give_back},
    Route{"POST", "/api/calls/{policy_no}/wrap-up", Door::permitted, call, wrap_up},
    Route{"POST", "/api/calls/{policy_no}/recordings", Door::permitted, call, keep_recording, 32 * 1024 * 1024, true},
    Route{"GET", "/api/calls/{policy_no}/recordings/{recording_id}", Door::permitted, call, hear_recording},
};

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace shouyue::api
