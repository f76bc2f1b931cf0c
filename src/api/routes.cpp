#include <array>

#include "api/access_routes.hpp"
#include "api/agent_routes.hpp"
#include "api/call_routes.hpp"
#include "api/job_routes.hpp"
#include "api/server_routes.hpp"
#include "api/ticket_routes.hpp"
#include "api/visit_routes.hpp"

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

    Route{"POST", "/api/calls/next", Door::permitted, call, next_call},
    Route{"GET", "/api/calls/{policy_no}/questions", Door::permitted, call, asked_questions},
    Route{"POST", "/api/calls/{policy_no}/give-back", Door::permitted, call, give_back},
    Route{"POST", "/api/calls/{policy_no}/wrap-up", Door::permitted, call, wrap_up},

    Route{"GET", "/api/tickets", Door::permitted, read_cases, list_tickets},
    Route{"GET", "/api/tickets/{ticket_id}", Door::permitted, read_cases, show_ticket},
    Route{"POST", "/api/tickets/{ticket_id}/steps", Door::permitted, handle_tickets, take_ticket_step},
    Route{"GET", "/api/tickets/{ticket_id}/slots", Door::permitted, handle_tickets, ticket_slots},
    Route{"POST", "/api/tickets/{ticket_id}/files", Door::permitted, handle_tickets, attach_evidence,
          evidence_body_bytes_max, true},
    Route{"GET", "/api/tickets/{ticket_id}/files/{attachment_id}", Door::permitted, unmask, read_evidence},

    Route{"GET", "/api/visits/{policy_no}", Door::permitted, handle_tickets, office_visits},
    Route{"POST", "/api/visits/{policy_no}", Door::permitted, handle_tickets, record_office_visit},
    Route{"GET", "/api/papers/letters", Door::permitted, unmask, print_letters},
    Route{"GET", "/api/papers/{policy_no}/letter", Door::permitted, unmask, print_letter},
    Route{"GET", "/api/papers/{policy_no}/door-visit", Door::permitted, unmask, print_door_visit},

    Route{"GET", "/api/mine", Door::permitted, read_own_cases, own_desk},
    Route{"GET", "/api/mine/tickets/{ticket_id}", Door::permitted, read_own_cases, own_ticket},
    Route{"POST", "/api/mine/tickets/{ticket_id}/answers", Door::permitted, answer_own_tickets, answer_own_ticket},
};

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace shouyue::api
