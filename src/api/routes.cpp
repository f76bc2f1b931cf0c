#include <array>

#include "api/access_routes.hpp"
#include "api/call_routes.hpp"
#include "api/case_routes.hpp"
#include "api/job_routes.hpp"
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

    Route{"POST", "/api/sign-in", Door::open, {}, sign_in},
    Route{"DELETE", "/api/sign-in", Door::any_password, {}, sign_out},
    Route{"GET", "/api/me", Door::any_password, {}, own_account},
    Route{"PUT", "/api/me/password", Door::any_password, {}, change_password},
    Route{"GET", "/api/accounts", Door::permitted, manage_users, list_accounts},
    answered_once({"PUT", "/api/accounts/{name}", Door::permitted, manage_users, put_account}),

    Route{"GET", "/api/jobs/{id}", Door::signed_in, {}, show_job},
    Route{"GET", "/api/jobs/{id}/events", Door::signed_in, {}, follow_job},
    Route{"DELETE", "/api/jobs/{id}", Door::signed_in, {}, cancel_job},

    Route{"GET", "/api/cases", Door::permitted, read_cases, list_cases},
    Route{"POST", "/api/cases/search", Door::permitted, read_cases, search_cases},
    Route{"GET", "/api/cases/{policy_no}", Door::permitted, read_cases, show_case},
    Route{"GET", "/api/cases/{policy_no}/explanation", Door::permitted, read_cases, explain_case},
    Route{"GET", "/api/cases/{policy_no}/why", Door::permitted, read_cases, why_case},
    answered_once({"POST", "/api/cases/{policy_no}/unmask", Door::permitted, unmask, unmask_case}),
    Route{"POST", "/api/cases/{policy_no}/phone", Door::permitted, call, correct_phone},

    Route{"POST", "/api/calls/next", Door::permitted, call, next_call},
    Route{"GET", "/api/calls/{policy_no}/questions", Door::permitted, call, asked_questions},
    Route{"POST", "/api/calls/{policy_no}/give-back", Door::permitted, call, give_back},
    Route{"POST", "/api/calls/{policy_no}/wrap-up", Door::permitted, call, wrap_up},
};

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace shouyue::api
