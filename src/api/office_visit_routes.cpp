#include "api/office_visit_routes.hpp"

#include "api/answer.hpp"
#include "api/ticket_json.hpp"
#include "app/callable_case.hpp"
#include "app/office_visits.hpp"
#include "app/papers.hpp"
#include "app/scope.hpp"
#include "app/ticket_view.hpp"
#include "base/text.hpp"
#include "json/read.hpp"
#include "regime/rows.hpp"

namespace shouyue::api {
namespace {

constexpr std::size_t letters_max = 100;

struct VisitLeg {
  std::string leg, title, title_en;
  bool is_current = false, needs_receipt = false;
  std::optional<std::string> checks;
};
BOOST_DESCRIBE_STRUCT(VisitLeg, (), (leg, title, title_en, is_current, needs_receipt, checks))

struct VisitsAnswer {
  std::string policy_no, holder_masked, state;
  std::vector<VisitLeg> legs;
  bool has_letter = false;
};
BOOST_DESCRIBE_STRUCT(VisitsAnswer, (), (policy_no, holder_masked, state, legs, has_letter))

struct VisitRequest {
  std::string leg;
  Instant started_at;
  std::string connection;
  std::optional<std::string> visitor, party, identity, interview, phone, receipt_phone, note, recording_id;
  std::optional<bool> signed_receipt;
  std::vector<std::string> corrected, open;
};
BOOST_DESCRIBE_STRUCT(VisitRequest, (),
                      (leg, started_at, connection, visitor, party, identity, interview, phone, receipt_phone, note,
                       recording_id, signed_receipt, corrected, open))

struct VisitAnswer {
  std::string state, result_class;
  bool success = false, completed = false;
};
BOOST_DESCRIBE_STRUCT(VisitAnswer, (), (state, result_class, success, completed))

Result<app::LoadedPolicy> seen_policy(Call& call, const std::string& policy_no) {
  auto policy = SHOUYUE_TRY(call.deriver.read(policy_no, call.session.now));
  SHOUYUE_CHECK(app::require_in_scope(call.person->account, call.deriver, policy.policy(), call.session.now.date()));
  return policy;
}

http::Response printed(std::string html) {
  return {.status = 200, .content_type = "text/html; charset=utf-8", .body = std::move(html)};
}

// The policies of letter tickets, or of policies, that were asked for: `?policies=P1,P2`.
Result<std::vector<std::string>> policies_asked(Call& call) {
  std::vector<std::string> policies;
  for (const std::string_view policy_no : split(call.request.target.parameter("policies"), ','))
    if (!policy_no.empty()) policies.emplace_back(policy_no);
  if (policies.empty() || policies.size() > letters_max)
    return refuse(Errc::invalid_input, "letter.how_many",
                  "choose 1 to " + std::to_string(letters_max) + " policies to print letters for",
                  "请选择 1 至 " + std::to_string(letters_max) + " 件保单打印信函");
  for (const std::string& policy_no : policies) SHOUYUE_CHECK(seen_policy(call, policy_no));
  return policies;
}

}  // namespace

Result<http::Response> office_visits(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(seen_policy(call, call.parts.at("policy_no")));
  const app::PolicyState state = SHOUYUE_TRY(app::PolicyDeriver::derive(policy, call.session.now));
  VisitsAnswer answered{.policy_no = policy.policy_no,
                        .holder_masked = mask_name(state.facts.policy.holder_name),
                        .state = std::string(code_of(state.follow_up.status)),
                        .legs = {}};
  for (const app::OfficeLeg& leg : app::office_legs(policy, state))
    answered.legs.push_back(
        {.leg = std::string(code_of(leg.leg->leg)),
         .title = leg.leg->clause.title,
         .title_en = leg.leg->clause.title_en,
         .is_current = leg.is_current,
         .needs_receipt = leg.needs_receipt,
         .checks = leg.checks ? std::optional(std::string(code_of(leg.checks->leg))) : std::nullopt});
  const auto row = regime::policy_row(state.facts.policy, policy.surroundings);
  answered.has_letter = app::letter_for(*policy.books, row) != nullptr;
  return answer(answered);
}

Result<http::Response> record_office_visit(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<VisitRequest>(call.request.body));
  const app::OfficeVisit visit{.policy_no = call.parts.at("policy_no"),
                               .leg = SHOUYUE_TRY(app::leg_named(request.leg)),
                               .started_at = request.started_at,
                               .visitor = request.visitor.value_or(""),
                               .connection = request.connection,
                               .party = request.party.value_or(""),
                               .identity = request.identity.value_or(""),
                               .interview = request.interview.value_or(""),
                               .phone = request.phone.value_or(""),
                               .receipt_phone = request.receipt_phone.value_or(""),
                               .note = request.note.value_or(""),
                               .recording_id = request.recording_id.value_or(""),
                               .signed_receipt = request.signed_receipt,
                               .corrected = request.corrected,
                               .open = request.open};
  const auto rows = SHOUYUE_TRY(app::record_visit(call.session, call.deriver, call.person->account, visit));
  VisitAnswer answered;
  if (rows.kase) {
    answered.state = std::string(code_of(rows.kase->state));
    answered.result_class = std::string(code_of(rows.kase->result_class));
    answered.success = rows.kase->success;
    answered.completed = rows.kase->completed;
  }
  return answer(answered, 201);
}

Result<http::Response> print_letter(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(seen_policy(call, call.parts.at("policy_no")));
  return printed(SHOUYUE_TRY(app::letters_to_print(call.session, call.deriver, {policy.policy_no})));
}

Result<http::Response> print_letters(Call& call) {
  const auto policies = SHOUYUE_TRY(policies_asked(call));
  return printed(SHOUYUE_TRY(app::letters_to_print(call.session, call.deriver, policies)));
}

Result<http::Response> print_door_visit(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(seen_policy(call, call.parts.at("policy_no")));
  return printed(SHOUYUE_TRY(app::door_visit_to_print(call.session, call.deriver, policy.policy_no,
                                                      std::string(call.request.target.parameter("ticket_id")))));
}

}  // namespace shouyue::api
