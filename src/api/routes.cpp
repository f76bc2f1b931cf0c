#include <array>

#include "api/access_routes.hpp"
#include "api/agent_routes.hpp"
#include "api/audit_routes.hpp"
#include "api/backtest_routes.hpp"
#include "api/call_card_routes.hpp"
#include "api/call_routes.hpp"
#include "api/case_routes.hpp"
#include "api/commission_routes.hpp"
#include "api/exception_routes.hpp"
#include "api/export_routes.hpp"
#include "api/import_routes.hpp"
#include "api/job_routes.hpp"
#include "api/office_visit_routes.hpp"
#include "api/port_routes.hpp"
#include "api/receipt_routes.hpp"
#include "api/recording_routes.hpp"
#include "api/report_routes.hpp"
#include "api/rule_book_routes.hpp"
#include "api/score_routes.hpp"
#include "api/server_routes.hpp"
#include "api/supervision_routes.hpp"
#include "api/system_routes.hpp"
#include "api/ticket_routes.hpp"
#include "api/visit_routes.hpp"
#include "api/what_if_routes.hpp"

namespace shouyue::api {
namespace {

using enum access::Permission;

constexpr Route answered_once(Route route) {
  route.keeps_answer = false;
  return route;
}
constexpr Route with_password(Route route) {
  route.marks_body = false;
  return route;
}

constexpr std::array table{
    Route{"GET", "/healthz", Door::open, {}, health},
    Route{"GET", "/readyz", Door::open, {}, readiness},
    Route{"GET", "/metrics", Door::open, {}, measurements},

    Route{"POST", "/api/sign-in", Door::open, {}, sign_in},
    Route{"DELETE", "/api/sign-in", Door::any_password, {}, sign_out},
    Route{"GET", "/api/me", Door::any_password, {}, own_account},
    with_password({"PUT", "/api/me/password", Door::any_password, {}, change_password}),
    Route{"GET", "/api/accounts", Door::permitted, manage_users, list_accounts},
    answered_once({"PUT", "/api/accounts/{name}", Door::permitted, manage_users, put_account}),

    Route{"GET", "/api/audit", Door::permitted, read_audit, list_audit},
    Route{"POST", "/api/audit/verify", Door::permitted, read_audit, verify_audit},
    Route{"GET", "/api/organisations", Door::signed_in, {}, list_organisations},
    Route{"GET", "/api/settings", Door::permitted, manage_users, show_settings},

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
    Route{"GET", "/api/supervision/wallboard", Door::permitted, supervise, show_wallboard},
    Route{"GET", "/api/supervision/wallboard/events", Door::permitted, supervise, follow_wallboard},
    Route{"GET", "/api/supervision/next-up", Door::permitted, supervise, list_next_up},
    Route{"POST", "/api/supervision/cases/{policy_no}/reassign", Door::permitted, supervise, reassign_case},
    Route{"POST", "/api/supervision/capacity", Door::permitted, supervise, count_capacity},
    Route{"GET", "/api/supervision/capacity/{id}", Door::permitted, supervise, show_capacity},

    Route{"POST", "/api/imports/files", Door::permitted, import_files, send_file, import_bytes_max, true},
    Route{"POST", "/api/imports", Door::permitted, import_files, start_import},
    Route{"GET", "/api/imports", Door::permitted, import_files, list_imports},
    Route{"GET", "/api/imports/{id}", Door::permitted, import_files, read_import},
    Route{"GET", "/api/imports/{id}/rejects", Door::permitted, import_files, list_rejects},

    Route{"GET", "/api/rule-books", Door::permitted, read_rule_books, list_rule_books},
    Route{"GET", "/api/rule-books/{id}", Door::permitted, read_rule_books, read_rule_book},
    Route{"GET", "/api/rule-books/{id}/differences", Door::permitted, read_rule_books, compare_rule_books},
    Route{"GET", "/api/rule-books/{id}/cases", Door::permitted, read_rule_books, test_rule_book},
    Route{"POST", "/api/backtests", Door::permitted, backtest, start_backtest},
    Route{"GET", "/api/backtests/{file}/differences", Door::permitted, backtest, list_differences},

    Route{"GET", "/api/receipts", Door::permitted, read_cases, receipts},
    Route{"GET", "/api/receipts/{policy_no}", Door::permitted, read_cases, receipt},
    Route{"PUT", "/api/receipts/{policy_no}", Door::permitted, handle_tickets, put_receipt},

    Route{"GET", "/api/commission/holds", Door::permitted, read_commission, commission_holds},
    Route{"POST", "/api/commission/what-if", Door::permitted, read_commission, start_what_if},
    Route{"GET", "/api/commission/what-if/{file}", Door::permitted, read_commission, list_supposed},
    Route{"GET", "/api/commission/policies/{policy_no}", Door::permitted, read_commission, commission_ledger},
    Route{"GET", "/api/commission/agents/{agent_code}", Door::permitted, read_commission, agent_statement},
    Route{"GET", "/api/settlements", Door::permitted, read_commission, settlements},
    Route{"GET", "/api/settlements/{regime}/{month}", Door::permitted, read_commission, settlement_figures},

    Route{"GET", "/api/exceptions", Door::permitted, ask_exception, exceptions},
    Route{"POST", "/api/exceptions", Door::permitted, ask_exception, api::ask_exception},
    Route{"GET", "/api/exceptions/{subject}/{n}", Door::permitted, ask_exception, exception},
    Route{"DELETE", "/api/exceptions/{subject}/{n}", Door::permitted, ask_exception, withdraw_exception},
    Route{"POST", "/api/exceptions/{subject}/{n}/decision", Door::permitted, approve_exception, decide_exception},
    Route{"POST", "/api/exceptions/{subject}/{n}/papers/{paper}", Door::permitted, ask_exception, hand_in_paper,
          evidence_body_bytes_max, true},
    Route{"GET", "/api/exceptions/{subject}/{n}/files/{attachment_id}", Door::permitted, unmask, read_paper},

    Route{"GET", "/api/score-books", Door::permitted, read_scores, score_books},
    Route{"GET", "/api/scores", Door::permitted, read_scores, scores},
    Route{"GET", "/api/scores/month-closing", Door::permitted, read_scores, month_closing},
    Route{"GET", "/api/scores/trend", Door::permitted, read_scores, score_trend},
    Route{"GET", "/api/scores/cases", Door::permitted, read_scores, score_cases},

    Route{"GET", "/api/reports", Door::permitted, read_reports, list_reports},
    Route{"GET", "/api/reports/{report}", Door::permitted, read_reports, read_report},
    Route{"POST", "/api/reports/{report}/made", Door::permitted, supervise, note_report_made},

    Route{"GET", "/api/exports/cases", Door::permitted, read_cases, export_cases},
    Route{"GET", "/api/exports/attempts", Door::permitted, read_cases, export_attempts},
    Route{"GET", "/api/exports/tickets", Door::permitted, read_cases, export_tickets},
    Route{"GET", "/api/exports/commission", Door::permitted, read_commission, export_commission},
    Route{"GET", "/api/exports/commission-entries", Door::permitted, read_commission, export_commission_entries},
    Route{"GET", "/api/exports/kpi", Door::permitted, read_scores, export_kpi},
    Route{"GET", "/api/visit", Door::open, {}, visit_office},
    Route{"POST", "/api/visit/begin", Door::open, {}, begin_visit},
    Route{"POST", "/api/visit/identity", Door::open, {}, verify_holder},
    Route{"POST", "/api/visit/questions", Door::open, {}, visit_questions},
    Route{"POST", "/api/visit/answers", Door::open, {}, finish_visit},
    Route{"POST", "/api/visit/call-moments", Door::open, {}, offer_call},
    Route{"POST", "/api/visit/call", Door::open, {}, ask_for_call},
    Route{"GET", "/api/cases/{policy_no}/links", Door::permitted, read_cases, list_links},
    Route{"POST", "/api/cases/{policy_no}/links", Door::permitted, handle_tickets, send_link},
    Route{"DELETE", "/api/cases/{policy_no}/links", Door::permitted, handle_tickets, withdraw_links},

    Route{"POST", "/api/calls/{policy_no}/dial", Door::permitted, call, dial_call},
    Route{"GET", "/api/calls/{policy_no}/dial", Door::permitted, call, show_dial},
    Route{"GET", "/api/calls/{policy_no}/dial/events", Door::permitted, call, follow_dial},
    Route{"GET", "/api/changes", Door::permitted, read_changes, list_changes},
    Route{"GET", "/api/webhooks", Door::permitted, manage_users, list_webhooks},
    Route{"POST", "/api/webhooks/{name}/retry", Door::permitted, manage_users, retry_webhook},
    Route{"POST", "/api/ports/messages", Door::open, {}, take_message_status},
    Route{"POST", "/api/ports/calls", Door::open, {}, take_call_event},
    Route{"POST", "/api/accounts/{name}/token", Door::permitted, manage_users, new_token, 64 * 1024, false, false},
    Route{"DELETE", "/api/accounts/{name}/token", Door::permitted, manage_users, revoke_tokens},

    Route{"GET", "/api/tickets", Door::permitted, read_cases, list_tickets},
    Route{"GET", "/api/tickets/{ticket_id}", Door::permitted, read_cases, show_ticket},
    Route{"POST", "/api/tickets/{ticket_id}/steps", Door::permitted, handle_tickets, take_ticket_step},
    Route{"GET", "/api/tickets/{ticket_id}/slots", Door::permitted, handle_tickets, ticket_slots},
    Route{"POST", "/api/tickets/{ticket_id}/files", Door::permitted, handle_tickets, attach_evidence,
          evidence_body_bytes_max, true},
    Route{"GET", "/api/tickets/{ticket_id}/files/{attachment_id}", Door::permitted, unmask, read_evidence},

    Route{"GET", "/api/office-visits/{policy_no}", Door::permitted, handle_tickets, office_visits},
    Route{"POST", "/api/office-visits/{policy_no}", Door::permitted, handle_tickets, record_office_visit},
    Route{"GET", "/api/papers/letters", Door::permitted, unmask, print_letters},
    Route{"GET", "/api/papers/{policy_no}/letter", Door::permitted, unmask, print_letter},
    Route{"GET", "/api/papers/{policy_no}/door-visit", Door::permitted, unmask, print_door_visit},

    Route{"GET", "/api/mine", Door::permitted, read_own_cases, own_desk},
    Route{"GET", "/api/mine/policies/{policy_no}/questions", Door::permitted, read_own_cases, own_questions},
    Route{"GET", "/api/mine/tickets/{ticket_id}", Door::permitted, read_own_cases, own_ticket},
    Route{"POST", "/api/mine/tickets/{ticket_id}/answers", Door::permitted, answer_own_tickets, answer_own_ticket},
};

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace shouyue::api
