#include "api/call_routes.hpp"

#include "api/answer.hpp"
#include "api/call_card_routes.hpp"
#include "app/call_card.hpp"
#include "app/seat_calls.hpp"
#include "json/read.hpp"

namespace shouyue::api {
namespace {

constexpr std::int64_t lease_seconds = 10 * 60;  // of a call; the page asks for more while it lasts

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

struct HeldCall {
  std::string policy_no, leg;
  std::int64_t fence = 0;
  Instant lease_until;
};
BOOST_DESCRIBE_STRUCT(HeldCall, (), (policy_no, leg, fence, lease_until))

struct CurrentCallAnswer {
  std::optional<HeldCall> call;  // empty: the seat holds none
};
BOOST_DESCRIBE_STRUCT(CurrentCallAnswer, (), (call))

struct GiveBackRequest {
  std::int64_t fence = 0;
};
BOOST_DESCRIBE_STRUCT(GiveBackRequest, (), (fence))

struct RenewAnswer {
  Instant lease_until;
};
BOOST_DESCRIBE_STRUCT(RenewAnswer, (), (lease_until))

struct AnswerRequest {
  std::string question, option;
  Instant at;
  std::optional<int> recording_offset;
};
BOOST_DESCRIBE_STRUCT(AnswerRequest, (), (question, option, at, recording_offset))

struct WrapUpRequest {
  std::int64_t fence = 0;
  std::string attempt_id, leg;
  Instant started_at;
  std::optional<Instant> ended_at, appointment_at;
  std::string connection;
  std::optional<int> phone_position;
  std::optional<std::string> party, identity, interview, phone, recording_id, note, language;
  std::vector<std::string> corrected, open;
  std::optional<std::vector<AnswerRequest>> answers;
};
BOOST_DESCRIBE_STRUCT(WrapUpRequest, (),
                      (fence, attempt_id, leg, started_at, ended_at, appointment_at, connection, phone_position, party,
                       identity, interview, phone, recording_id, note, language, corrected, open, answers))

struct WrapUpAnswer {
  std::string state, result_class;
  bool success = false, completed = false;
  std::optional<Instant> next_slot_from;
  std::vector<std::string> tickets_open;
};
BOOST_DESCRIBE_STRUCT(WrapUpAnswer, (), (state, result_class, success, completed, next_slot_from, tickets_open))

app::Desk desk_of(const Call& call, std::int64_t fence) {
  return {.seat = call.person->account.seat, .policy_no = call.parts.at("policy_no"), .fence = fence};
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
                              {"operator", call.person->account.name},
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
  add("language", request.language);
  return entry;
}

// Of the words that are findings; what is none is refused with the attempt.
std::uint64_t bits_of(const std::vector<std::string>& findings) {
  std::uint64_t bits = 0;
  for (const std::string& word : findings)
    if (const auto finding = insurer::from_word<insurer::Finding>(word)) bits |= insurer::bit(*finding);
  return bits;
}

Result<std::vector<app::GivenAnswer>> given_answers(const WrapUpRequest& request) {
  std::vector<app::GivenAnswer> given;
  for (const AnswerRequest& answer : request.answers.value_or(std::vector<AnswerRequest>())) {
    const auto option = insurer::from_word<insurer::AnswerOption>(answer.option);
    if (!option)
      return refuse(Errc::invalid_input, "answers.option", "'" + answer.option + "' is not yes, no or unclear",
                    "“" + answer.option + "”不是 是、否、不清楚 之一");
    given.push_back({answer.question, *option, answer.at, answer.recording_offset});
  }
  return given;
}

// The number that was dialled, by its place on the card: a page need not keep it. One that comes between is dialled no
// more, so that it may be read before the call is taken in.
Result<std::string> dialled_phone(Call& call, int position) {
  const auto policy = SHOUYUE_TRY(call.deriver.read(call.parts.at("policy_no"), call.session.now));
  const auto phones = app::phones_of(insurer::as_known(policy.versions, INT64_MAX));
  const auto n = static_cast<std::size_t>(position);
  return position >= 0 && n < phones.size() ? phones[n] : std::string();
}

// A word that is none is refused with the attempt.
template <class Enum>
Enum word_or_first(const std::optional<std::string>& word) {
  return insurer::from_word<Enum>(word.value_or("")).value_or(Enum{});
}

Result<app::WrapUp> wrap_up_of(Call& call, const WrapUpRequest& request) {
  using insurer::Identity;
  auto answers = SHOUYUE_TRY(given_answers(request));
  app::WrapUp written{.policy_no = call.parts.at("policy_no"),
                      .attempt_id = request.attempt_id,
                      .fence = request.fence,
                      .started_at = request.started_at,
                      .appointment_at = request.appointment_at,
                      .connection = insurer::from_word<insurer::Connection>(request.connection),
                      .is_verified = word_or_first<Identity>(request.identity) == Identity::verified,
                      .claim = {.interview = word_or_first<insurer::Interview>(request.interview),
                                .findings = bits_of(request.corrected) | bits_of(request.open)},
                      .answers = std::move(answers),
                      .attempt = attempt_of(call, request)};
  if (!request.phone && request.phone_position) {
    std::string phone = SHOUYUE_TRY(dialled_phone(call, *request.phone_position));
    written.attempt.fields.emplace_back("phone", std::move(phone));
  }
  return written;
}

// A call that begins later would not count yet, and its case would be given out again.
Result<void> require_begun(const Call& call, const WrapUpRequest& request) {
  if (request.started_at <= call.session.now) return {};
  return refuse(Errc::invalid_input, "attempts.in_the_future",
                "the call begins in the future; check the clock of this computer",
                "拨打时间晚于当前时间，请检查本机时钟");
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
  app::WorklistRequest wanted{.leg = {}, .seat = {}, .limit = 1, .org = call.person->account.org_code};
  if (request.leg) wanted.leg = SHOUYUE_TRY(app::leg_named(*request.leg));
  wanted.seat = SHOUYUE_TRY(seat_of(call));
  const Instant until = call.session.now.plus_seconds(lease_seconds);
  const auto claimed = SHOUYUE_TRY(
      app::next_call(call.session, call.deriver, call.facilities.switchboard, call.person->account, wanted, until));
  if (!claimed) return answer(NextCallAnswer{});
  const auto& [row, claim] = *claimed;
  return answer(NextCallAnswer{NextCall{.policy_no = row.policy_no,
                                        .leg = std::string(code_of(row.leg)),
                                        .leg_name = std::string(zh_of(row.leg)),
                                        .phone_masked = row.phone_masked,
                                        .language = row.language,
                                        .reason = row.reason,
                                        .deadline = row.deadline,
                                        .slots_left = row.slots_left,
                                        .fence = claim.fence,
                                        .lease_until = claim.lease_until}});
}

Result<http::Response> current_call(Call& call) {
  SHOUYUE_CHECK(seat_of(call));
  const auto held =
      SHOUYUE_TRY(app::current_call(call.session, call.deriver, call.facilities.switchboard, call.person->account));
  if (!held) return answer(CurrentCallAnswer{});
  return answer(CurrentCallAnswer{HeldCall{.policy_no = held->row.policy_no,
                                           .leg = std::string(code_of(held->row.leg)),
                                           .fence = held->claim.fence,
                                           .lease_until = held->claim.lease_until}});
}

Result<http::Response> give_back(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<GiveBackRequest>(call.request.body));
  SHOUYUE_CHECK(app::give_back(call.session, call.facilities.switchboard, desk_of(call, request.fence)));
  return http::Response{.status = 204};
}

Result<http::Response> renew_call(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<GiveBackRequest>(call.request.body));
  const Instant until = call.session.now.plus_seconds(lease_seconds);
  SHOUYUE_CHECK(app::renew_call(call.session, call.facilities.switchboard, desk_of(call, request.fence), until));
  return answer(RenewAnswer{until});
}

Result<http::Response> wrap_up(Call& call) {
  const auto request = SHOUYUE_TRY(json::read<WrapUpRequest>(call.request.body));
  SHOUYUE_CHECK(seat_of(call));
  SHOUYUE_CHECK(require_begun(call, request));
  const app::WrapUp written = SHOUYUE_TRY(wrap_up_of(call, request));
  const app::DerivedRows rows =
      SHOUYUE_TRY(app::wrap_up(call.session, call.facilities.switchboard, call.person->account, written));
  return answer(answer_of(rows), 201);
}

}  // namespace shouyue::api
