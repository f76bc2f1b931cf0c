#include "api/call_routes.hpp"

#include "api/answer.hpp"
#include "app/claims.hpp"
#include "app/questions.hpp"
#include "app/record.hpp"
#include "app/scope.hpp"
#include "json/read.hpp"
#include "regime/placeholders.hpp"

namespace shouyue::api {
namespace {

constexpr std::int64_t lease_seconds = 30 * 60;

struct NextCallRequest {
  std::optional<std::string> leg;
};
BOOST_DESCRIBE_STRUCT(NextCallRequest, (), (leg))

struct NextCall {
  std::string policy_no, leg, leg_name, phone_masked, language, reason;
  std::optional<Date> deadline;
  int slots_left = 0;
  std::int64_t fence = 0;
  Instant lease_until;
};
BOOST_DESCRIBE_STRUCT(NextCall, (),
                      (policy_no, leg, leg_name, phone_masked, language, reason, deadline, slots_left, fence,
                       lease_until))

struct NextCallAnswer {
  std::optional<NextCall> call;  // empty: nothing may be called now
};
BOOST_DESCRIBE_STRUCT(NextCallAnswer, (), (call))

struct GiveBackRequest {
  std::int64_t fence = 0;
};
BOOST_DESCRIBE_STRUCT(GiveBackRequest, (), (fence))

struct WrapUpRequest {
  std::int64_t fence = 0;
  std::string attempt_id, leg;
  Instant started_at;
  std::optional<Instant> ended_at, appointment_at;
  std::string connection;
  std::optional<std::string> party, identity, interview, phone, recording_id, note;
  std::vector<std::string> corrected, open;
};
BOOST_DESCRIBE_STRUCT(WrapUpRequest, (),
                      (fence, attempt_id, leg, started_at, ended_at, appointment_at, connection, party, identity,
                       interview, phone, recording_id, note, corrected, open))

struct WrapUpAnswer {
  std::string state, result_class;
  bool success = false, completed = false;
  std::optional<Instant> next_slot_from;
  std::vector<std::string> tickets_open;
};
BOOST_DESCRIBE_STRUCT(WrapUpAnswer, (), (state, result_class, success, completed, next_slot_from, tickets_open))

struct AskedQuestion {
  std::string id, text, text_en, explain, explain_en, finding, clause;
  bool statutory = false;
};
BOOST_DESCRIBE_STRUCT(AskedQuestion, (), (id, text, text_en, explain, explain_en, finding, clause, statutory))

struct QuestionsAnswer {
  std::string version;
  std::vector<AskedQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(QuestionsAnswer, (), (version, questions))

Result<std::string> seat_of(const Call& call) {
  if (!call.person->account.seat.empty()) return call.person->account.seat;
  return refuse(Errc::rule_broken, "call.no_seat", "this account has no seat; ask an administrator for one",
                "本账号没有坐席，请联系系统管理员设置");
}

Result<std::optional<insurer::Leg>> leg_of(const std::optional<std::string>& word) {
  if (!word) return std::nullopt;
  const auto leg = insurer::from_word<insurer::Leg>(*word);
  if (leg) return leg;
  return refuse(Errc::invalid_input, "worklist.unknown_leg", "'" + *word + "' is not a leg of follow-up",
                "“" + *word + "”不是回访环节");
}

Result<void> require_visible(Call& call, const std::string& policy_no) {
  const auto policy = SHOUYUE_TRY(call.deriver.read(policy_no, call.session.now));
  return app::require_in_scope(call.person->account, call.deriver, policy.policy(), call.session.now.date());
}

// A case that another seat holds stays with it, whatever number is given.
Result<void> release_own(Call& call, const std::string& policy_no, std::int64_t fence) {
  const auto claim = SHOUYUE_TRY(call.session.store.claim_of(policy_no));
  if (!claim || claim->seat != call.person->account.seat) return {};
  return call.session.store.release(policy_no, fence);
}

std::string findings_text(const WrapUpRequest& request) {
  std::string text;
  for (const std::string& finding : request.corrected) text += finding + ":corrected;";
  for (const std::string& finding : request.open) text += finding + ":open;";
  return text;
}

app::Entry attempt_of(const Call& call, const WrapUpRequest& request) {
  app::Entry entry{.kind = insurer::FileKind::attempts,
                   .fields = {{"attempt_id", request.attempt_id},
                              {"policy_no", call.parts.at("policy_no")},
                              {"leg", request.leg},
                              {"started_at", request.started_at.text()},
                              {"operator_code", call.person->account.name},
                              {"connection", request.connection},
                              {"findings", findings_text(request)}}};
  const auto add = [&](const char* column, const std::optional<std::string>& text) {
    if (text) entry.fields.emplace_back(column, *text);
  };
  if (request.ended_at) entry.fields.emplace_back("ended_at", request.ended_at->text());
  if (request.appointment_at) entry.fields.emplace_back("appointment_at", request.appointment_at->text());
  add("party", request.party);
  add("identity", request.identity);
  add("interview", request.interview);
  add("phone", request.phone);
  add("recording_id", request.recording_id);
  add("note", request.note);
  return entry;
}

WrapUpAnswer answer_of(const app::DerivedRows& rows) {
  WrapUpAnswer answer;
  if (rows.kase) {
    answer.state = std::string(code_of(rows.kase->state));
    answer.result_class = std::string(code_of(rows.kase->result_class));
    answer.success = rows.kase->success;
    answer.completed = rows.kase->completed;
    answer.next_slot_from = rows.kase->next_slot_from;
  }
  for (const app::TicketRow& ticket : rows.tickets)
    if (!ticket.closed_at) answer.tickets_open.push_back(ticket.ticket_id);
  return answer;
}

}  // namespace

Result<http::Response> next_call(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<NextCallRequest>(call.request.body));
  const auto leg = SHOUYUE_TRY(leg_of(request.leg));
  const std::string seat = SHOUYUE_TRY(seat_of(call));
  const app::WorklistRequest wanted{.leg = leg, .seat = seat, .limit = 1, .org = call.person->account.org_code};
  const auto claimed = SHOUYUE_TRY(app::claim_next(call.session, wanted, call.session.now.plus_seconds(lease_seconds)));
  if (claimed.empty()) return answer(NextCallAnswer{});
  const app::WorklistRow& row = claimed[0].row;
  return answer(NextCallAnswer{NextCall{.policy_no = row.policy_no,
                                        .leg = std::string(code_of(row.leg)),
                                        .leg_name = std::string(zh_of(row.leg)),
                                        .phone_masked = row.phone_masked,
                                        .language = row.language,
                                        .reason = row.reason,
                                        .deadline = row.deadline,
                                        .slots_left = row.slots_left,
                                        .fence = claimed[0].claim.fence,
                                        .lease_until = claimed[0].claim.lease_until}});
}

Result<http::Response> give_back(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<GiveBackRequest>(call.request.body));
  SHOUYUE_CHECK(release_own(call, call.parts.at("policy_no"), request.fence));
  return http::Response{.status = 204};
}

// What was said on the phone is a fact, whoever holds the case by now: a lease that ran out loses no call.
Result<http::Response> wrap_up(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<WrapUpRequest>(call.request.body));
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(require_visible(call, policy_no));
  const app::DerivedRows rows =
      SHOUYUE_TRY(app::record(call.session, call.deriver, policy_no, {attempt_of(call, request)}));
  SHOUYUE_CHECK(release_own(call, policy_no, request.fence));
  return answer(answer_of(rows), 201);
}

Result<http::Response> asked_questions(Call& call) {
  const std::string& policy_no = call.parts.at("policy_no");
  SHOUYUE_CHECK(require_visible(call, policy_no));
  const app::Questions questions = SHOUYUE_TRY(app::questions(call.session, policy_no));
  QuestionsAnswer answered{.version = questions.version, .questions = {}};
  const auto spoken = [&](const std::string& text) {
    return regime::filled(text, {{"holder_name", questions.holder_masked}});
  };
  for (const regime::Question* question : questions.asked)
    answered.questions.push_back({.id = question->id,
                                  .text = spoken(question->text),
                                  .text_en = spoken(question->text_en),
                                  .explain = question->explain,
                                  .explain_en = question->explain_en,
                                  .finding = question->finding ? std::string(code_of(*question->finding)) : "",
                                  .clause = question->clause.id,
                                  .statutory = question->statutory});
  return answer(answered);
}

}  // namespace shouyue::api
