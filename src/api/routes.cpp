#include <array>

#include "api/access_routes.hpp"
#include "api/audit_routes.hpp"
#include "api/call_routes.hpp"
#include "api/job_routes.hpp"
#include "api/server_routes.hpp"
#include "api/system_routes.hpp"

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

    Route{"GET", "/api/audit", Door::permitted, read_audit, list_audit},
    Route{"POST", "/api/audit/verify", Door::permitted, read_audit, verify_audit},
    Route{"GET", "/api/organisations", Door::signed_in, {}, list_organisations},
    Route{"GET", "/api/settings", Door::permitted, manage_users, show_settings},

    Route{"GET", "/api/jobs/{id}", Door::signed_in, {}, show_job},
    Route{"GET", "/api/jobs/{id}/events", Door::signed_in, {}, follow_job},
    Route{"DELETE", "/api/jobs/{id}", Door::signed_in, {}, cancel_job},

    Route{"POST", "/api/calls/next", Door::permitted, call, next_call},
    Route{"GET", "/api/calls/{policy_no}/questions", Door::permitted, call, asked_questions},
    Route{"POST", "/api/calls/{policy_no}/give-back", Door::permitted, call, give_back},
    Route{"POST", "/api/calls/{policy_no}/wrap-up", Door::permitted, call, wrap_up},
};

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace shouyue::api
