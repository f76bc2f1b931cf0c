#include "api/agent_routes.hpp"

#include "api/answer.hpp"
#include "api/ticket_json.hpp"
#include "app/own_policies.hpp"
#include "json/read.hpp"
#include "regime/placeholders.hpp"

namespace shouyue::api {
namespace {

struct OwnReceiptRow {
  std::string policy_no, holder_masked;
  Date issued_on;
  std::vector<std::string> marks;
  std::optional<Date> hand_in_by, late_after, returned_on;
  Money cost;
  std::vector<ClauseNote> why;
};
BOOST_DESCRIBE_STRUCT(OwnReceiptRow, (),
                      (policy_no, holder_masked, issued_on, marks, hand_in_by, late_after, returned_on, cost, why))

struct OwnCallRow {
  std::string policy_no, holder_masked, state, connection, ticket_id;
  Date issued_on;
  int attempts = 0;
  Instant last_at;
  std::optional<std::string> leg;
  std::optional<Instant> next_from;
  std::optional<Date> deadline;
  std::optional<ClauseNote> reason;
};
BOOST_DESCRIBE_STRUCT(OwnCallRow, (),
                      (policy_no, holder_masked, state, connection, ticket_id, issued_on, attempts, last_at, leg,
                       next_from, deadline, reason))

struct OwnTicketRow {
  std::string ticket_id, policy_no, holder_masked, kind, title, title_en, subtype, state, timeliness, handler;
  Instant opened_at;
  std::optional<Date> due_on;
  ClauseNote clause;
};
BOOST_DESCRIBE_STRUCT(OwnTicketRow, (),
                      (ticket_id, policy_no, holder_masked, kind, title, title_en, subtype, state, timeliness, handler,
                       opened_at, due_on, clause))

struct OwnCommissionRow {
  std::string policy_no, holder_masked, status, month;
  Date issued_on;
  std::optional<Money> due;
  Money commission, deduction, payable;
  std::vector<std::string> reasons;
  std::vector<ClauseNote> why;
};
BOOST_DESCRIBE_STRUCT(OwnCommissionRow, (),
                      (policy_no, holder_masked, status, month, issued_on, due, commission, deduction, payable, reasons,
                       why))

struct OwnDeskAnswer {
  std::string agent_code, agent_name;
  Instant as_of;
  int policies = 0;
  Money unpaid;  // commission pending or held, and what the settlement to come pays
  std::vector<OwnReceiptRow> receipts;
  std::vector<OwnCallRow> calls;
  std::vector<OwnTicketRow> tickets;
  std::vector<OwnCommissionRow> commission;
};
BOOST_DESCRIBE_STRUCT(OwnDeskAnswer, (),
                      (agent_code, agent_name, as_of, policies, unpaid, receipts, calls, tickets, commission))

struct OutlinedQuestion {
  std::string id, title, title_en, text, text_en;
};
BOOST_DESCRIBE_STRUCT(OutlinedQuestion, (), (id, title, title_en, text, text_en))

struct OutlineAnswer {
  std::vector<OutlinedQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(OutlineAnswer, (), (questions))

struct OwnAnswerRequest {
  std::optional<std::string> new_phone, note;
  std::optional<Instant> appointment_at;
};
BOOST_DESCRIBE_STRUCT(OwnAnswerRequest, (), (new_phone, note, appointment_at))

template <class Enum>
std::string code(Enum value) {
  return std::string(code_of(value));
}

std::vector<ClauseNote> clauses_of(const std::vector<const regime::Clause*>& clauses) {
  std::vector<ClauseNote> list;
  for (const regime::Clause* clause : clauses) list.push_back(clause_note(*clause));
  return list;
}

OwnReceiptRow row_of(const app::OwnReceipt& receipt) {
  return {.policy_no = receipt.policy.policy_no,
          .holder_masked = receipt.policy.holder_masked,
          .issued_on = receipt.policy.issued_on,
          .marks = receipt.marks,
          .hand_in_by = receipt.standing.hand_in_by,
          .late_after = receipt.standing.late_after,
          .returned_on = receipt.standing.returned_on,
          .cost = receipt.cost,
          .why = clauses_of(receipt.why)};
}

OwnCallRow row_of(const app::OwnCall& call) {
  return {.policy_no = call.policy.policy_no,
          .holder_masked = call.policy.holder_masked,
          .state = code(call.state),
          .connection = code(call.connection),
          .ticket_id = call.ticket_id,
          .issued_on = call.policy.issued_on,
          .attempts = call.attempts,
          .last_at = call.last_at,
          .leg = call.leg ? std::optional(code(*call.leg)) : std::nullopt,
          .next_from = call.next_from,
          .deadline = call.deadline,
          .reason = call.reason ? std::optional(clause_note(*call.reason)) : std::nullopt};
}

OwnTicketRow row_of(const app::OwnTicket& own) {
  return {.ticket_id = own.ticket.ticket_id,
          .policy_no = own.policy.policy_no,
          .holder_masked = own.policy.holder_masked,
          .kind = code(own.ticket.kind),
          .title = own.rule->clause.title,
          .title_en = own.rule->clause.title_en,
          .subtype = own.ticket.subtype,
          .state = own.ticket.state,
          .timeliness = code(own.ticket.timeliness),
          .handler = own.rule->handler == regime::Performer::agent ? "agent" : "office",
          .opened_at = own.ticket.opened_at,
          .due_on = own.ticket.due_on,
          .clause = clause_note(own.rule->clause)};
}

OwnCommissionRow row_of(const app::OwnCommission& own) {
  return {.policy_no = own.policy.policy_no,
          .holder_masked = own.policy.holder_masked,
          .status = code(own.standing.status),
          .month = own.standing.month,
          .issued_on = own.policy.issued_on,
          .due = own.due,
          .commission = own.standing.commission,
          .deduction = own.standing.deduction,
          .payable = own.standing.payable,
          .reasons = own.standing.reasons,
          .why = clauses_of(own.why)};
}

bool is_kept_back(insurer::CommissionStatus status) {
  return status == insurer::CommissionStatus::pending || status == insurer::CommissionStatus::held;
}

Result<http::Response> ticket_response(const Call& call, const app::TicketView& view, int status) {
  const TicketAnswer ticket = SHOUYUE_TRY(ticket_answer(call, view));
  return answer(ticket, status);
}

}  // namespace

Result<http::Response> own_desk(Call& call) {
  const app::OwnDesk desk = SHOUYUE_TRY(app::own_desk(call.session, call.deriver, call.person->account));
  OwnDeskAnswer answered{.agent_code = call.person->account.agent_code,
                         .agent_name = desk.agent_name,
                         .as_of = call.session.now,
                         .policies = desk.policies};
  for (const auto& receipt : desk.receipts) answered.receipts.push_back(row_of(receipt));
  for (const auto& missed : desk.calls) answered.calls.push_back(row_of(missed));
  for (const auto& ticket : desk.tickets) answered.tickets.push_back(row_of(ticket));
  for (const auto& own : desk.commission) {
    answered.commission.push_back(row_of(own));
    if (own.due)
      answered.unpaid = answered.unpaid + *own.due;
    else if (is_kept_back(own.standing.status))
      answered.unpaid = answered.unpaid + own.standing.commission;
  }
  return answer(answered);
}

Result<http::Response> own_questions(Call& call) {
  const app::Questions found =
      SHOUYUE_TRY(app::own_questions(call.session, call.deriver, call.person->account, call.parts.at("policy_no")));
  OutlineAnswer outline;
  for (const regime::Question* question : found.interview.asked)
    outline.questions.push_back({.id = question->id,
                                 .title = question->clause.title,
                                 .title_en = question->clause.title_en,
                                 .text = regime::filled(question->text, {{"holder_name", found.holder_masked}}),
                                 .text_en = regime::filled(question->text_en, {{"holder_name", found.holder_masked}})});
  return answer(outline);
}

Result<http::Response> own_ticket(Call& call) {
  const auto view =
      SHOUYUE_TRY(app::own_ticket(call.session, call.deriver, call.person->account, call.parts.at("ticket_id")));
  return ticket_response(call, view, 200);
}

Result<http::Response> answer_own_ticket(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<OwnAnswerRequest>(call.request.body));
  const app::OwnAnswer given{.ticket_id = call.parts.at("ticket_id"),
                             .new_phone = request.new_phone.value_or(""),
                             .note = request.note.value_or(""),
                             .appointment_at = request.appointment_at};
  const auto view = SHOUYUE_TRY(app::answer_own_ticket(call.session, call.deriver, call.person->account, given));
  return ticket_response(call, view, 201);
}

}  // namespace shouyue::api
