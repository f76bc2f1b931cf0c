#include "api/port_routes.hpp"

#include <charconv>
#include <chrono>

#include "api/answer.hpp"
#include "app/changes.hpp"
#include "app/dials.hpp"
#include "app/messages.hpp"
#include "app/outward_id.hpp"
#include "app/scope.hpp"
#include "json/read.hpp"
#include "vault/signature.hpp"

namespace shouyue::api {
namespace {

constexpr int changes_max = 200;

struct ChangesAnswer {
  std::vector<json::Text> rows;
  std::string next;
};
BOOST_DESCRIBE_STRUCT(ChangesAnswer, (), (rows, next))

struct ParkedRow {
  std::string policy_no, fault;
  int tries = 0;
  std::optional<Instant> next_try_at;
  bool is_dead = false;
};
BOOST_DESCRIBE_STRUCT(ParkedRow, (), (policy_no, fault, tries, next_try_at, is_dead))

struct WebhookRow {
  std::string name, sent_to, newest, fault;
  int failures = 0;
  std::optional<Instant> next_try_at;
  std::vector<ParkedRow> parked;
};
BOOST_DESCRIBE_STRUCT(WebhookRow, (), (name, sent_to, newest, fault, failures, next_try_at, parked))

struct WebhooksAnswer {
  std::vector<WebhookRow> rows;
};
BOOST_DESCRIBE_STRUCT(WebhooksAnswer, (), (rows))

struct MessageStatus {
  std::string id, state;
  std::optional<std::string> fault;
};
BOOST_DESCRIBE_STRUCT(MessageStatus, (), (id, state, fault))

struct CallEvent {
  std::string id, event;
  std::optional<std::string> recording_id, fault;
};
BOOST_DESCRIBE_STRUCT(CallEvent, (), (id, event, recording_id, fault))

struct DialRequest {
  std::optional<std::string> phone;
};
BOOST_DESCRIBE_STRUCT(DialRequest, (), (phone))

struct DialAnswer {
  bool is_connected = false;
  std::optional<std::string> id;
  std::string state, recording_id, fault;
  std::optional<Instant> requested_at, ringing_at, answered_at, ended_at;
};
BOOST_DESCRIBE_STRUCT(DialAnswer, (),
                      (is_connected, id, state, recording_id, fault, requested_at, ringing_at, answered_at, ended_at))

struct TokenAnswer {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(TokenAnswer, (), (token))

// A number in the query; `otherwise` when it is missing. Errors: request.parameter.
Result<std::int64_t> number(const Call& call, std::string_view name, std::int64_t otherwise) {
  const std::string_view text = call.request.target.parameter(name);
  if (text.empty()) return otherwise;
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault == std::errc() && end == text.data() + text.size() && value >= 0) return value;
  return refuse(Errc::invalid_input, "request.parameter", "'" + std::string(name) + "' must be a number",
                "参数“" + std::string(name) + "”应为数字");
}

// What another system tells is signed with the secret that it shares with this server.
Result<void> require_signature(const Call& call, const app::Endpoint* system) {
  using namespace std::chrono;
  const std::int64_t now = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
  if (system && vault::is_request_signature(system->secret, call.request.header("shouyue-timestamp"),
                                            call.request.header("shouyue-signature"), now, call.request.body))
    return {};
  return refuse(Errc::rule_broken, "port.signature",
                "the signature does not fit the body, or was made more than five minutes ago", "签名不符或已过期");
}

Result<app::LoadedPolicy> visible_policy(Call& call) {
  auto policy = SHOUYUE_TRY(call.deriver.read(call.parts.at("policy_no"), call.session.now));
  SHOUYUE_CHECK(app::require_in_scope(call.person->account, call.deriver, policy.policy(), call.session.now.date()));
  return policy;
}

DialAnswer answer_of(const std::optional<app::Dial>& dial, bool is_connected) {
  if (!dial) return {.is_connected = is_connected, .state = "none"};
  return {.is_connected = is_connected,
          .id = app::outward_id(dial->policy_no, dial->dial_id),
          .state = std::string(app::code_of(dial->state)),
          .recording_id = dial->recording_id,
          .fault = dial->fault,
          .requested_at = dial->requested_at,
          .ringing_at = dial->ringing_at,
          .answered_at = dial->answered_at,
          .ended_at = dial->ended_at};
}

Result<WebhookRow> row_of(app::PortStore& ports, const std::string& name, std::int64_t newest) {
  WebhookRow row{.name = name, .sent_to = "0", .newest = std::to_string(newest)};
  for (const app::WebhookState& state : SHOUYUE_TRY(ports.webhooks())) {
    if (state.name != name) continue;
    row.sent_to = std::to_string(state.sent_to);
    row.failures = state.failures;
    row.next_try_at = state.next_try_at;
    row.fault = state.fault;
  }
  for (const app::ParkedChange& parked : SHOUYUE_TRY(ports.parked_of(name)))
    row.parked.push_back({.policy_no = parked.policy_no,
                          .fault = parked.fault,
                          .tries = parked.tries,
                          .next_try_at = parked.next_try_at,
                          .is_dead = !parked.next_try_at});
  return row;
}

}  // namespace

Result<http::Response> list_changes(Call& call) {
  const std::int64_t after = SHOUYUE_TRY(number(call, "after", 0));
  const std::int64_t limit = SHOUYUE_TRY(number(call, "limit", changes_max));
  const int most = static_cast<int>(std::clamp<std::int64_t>(limit, 1, changes_max));
  ChangesAnswer changes{.rows = {}, .next = std::to_string(after)};
  for (app::Change& change : SHOUYUE_TRY(app::changes_after(call.session.store, after, most))) {
    changes.rows.push_back({std::move(change.json)});
    changes.next = std::to_string(change.n);
  }
  return answer(changes);
}

Result<http::Response> list_webhooks(Call& call) {
  app::PortStore& ports = call.session.store.ports();
  const std::int64_t newest = SHOUYUE_TRY(ports.newest_change());
  WebhooksAnswer webhooks;
  for (const app::Webhook& webhook : call.facilities.settings.webhooks) {
    auto row = SHOUYUE_TRY(row_of(ports, webhook.name, newest));
    webhooks.rows.push_back(std::move(row));
  }
  return answer(webhooks);
}

// Everything that is parked, dead or not, is tried again at once.
Result<http::Response> retry_webhook(Call& call) {
  app::PortStore& ports = call.session.store.ports();
  const std::string& name = call.parts.at("name");
  app::Transaction transaction = SHOUYUE_TRY(app::Transaction::begin(call.session.store));
  std::vector<app::ParkedChange> all = SHOUYUE_TRY(ports.parked_of(name));
  for (app::ParkedChange& parked : all) {
    parked.tries = 0;
    parked.next_try_at = call.session.now;
    SHOUYUE_CHECK(ports.put_parked(parked));
  }
  SHOUYUE_CHECK(call.session.store.append_audit({.at = call.session.now,
                                                 .who = call.session.who,
                                                 .action = "retry_webhook",
                                                 .detail = name + " parked=" + std::to_string(all.size())}));
  SHOUYUE_CHECK(transaction.commit());
  return list_webhooks(call);
}

Result<http::Response> take_message_status(Call& call) {
  const auto& messages = call.facilities.settings.messages;
  SHOUYUE_CHECK(require_signature(call, messages && messages->gateway ? &*messages->gateway : nullptr));
  const auto status = SHOUYUE_TRY(json::read<MessageStatus>(call.request.body));
  if (status.state != "delivered" && status.state != "failed")
    return refuse(Errc::invalid_input, "message.unknown_state", "'" + status.state + "' is none of delivered, failed",
                  "“" + status.state + "”不在 delivered、failed 之列");
  call.session.who = "message gateway";
  SHOUYUE_CHECK(app::note_delivery(call.session, status.id, status.state == "delivered", status.fault.value_or("")));
  return http::Response{.status = 204};
}

Result<http::Response> take_call_event(Call& call) {
  const auto& telephony = call.facilities.settings.telephony;
  SHOUYUE_CHECK(require_signature(call, telephony ? &*telephony : nullptr));
  const auto event = SHOUYUE_TRY(json::read<CallEvent>(call.request.body));
  call.session.who = "telephone exchange";
  SHOUYUE_CHECK(app::note_event(call.session, {.id = event.id,
                                               .event = event.event,
                                               .recording_id = event.recording_id.value_or(""),
                                               .fault = event.fault.value_or("")}));
  return http::Response{.status = 204};
}

Result<http::Response> dial_call(Call& call) {
  if (!call.facilities.settings.telephony)
    return refuse(Errc::not_found, "dial.off", "no telephone exchange is connected; dial by hand",
                  "未连接电话交换机，请手动拨打");
  const auto request = SHOUYUE_TRY(json::read<DialRequest>(call.request.body));
  SHOUYUE_CHECK(visible_policy(call));
  const app::Dial dial = SHOUYUE_TRY(app::ask_for_dial(call.session, call.deriver, *call.person,
                                                       call.parts.at("policy_no"), request.phone.value_or("first")));
  return answer(answer_of(dial, true), 201);
}

Result<http::Response> show_dial(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(visible_policy(call));
  const auto dial = SHOUYUE_TRY(call.session.store.ports().newest_dial_of(policy.policy_no));
  return answer(answer_of(dial, call.facilities.settings.telephony.has_value()));
}

Result<http::Response> follow_dial(Call& call) {
  const app::LoadedPolicy policy = SHOUYUE_TRY(visible_policy(call));
  const auto show = [policy_no = policy.policy_no](Workplace& workplace) -> Result<std::string> {
    const auto dial = SHOUYUE_TRY(workplace.session().store.ports().newest_dial_of(policy_no));
    return json::text_of(answer_of(dial, true));
  };
  const std::string token = token_of(call.request);
  return event_answer(call.facilities.live.follow("dial " + policy.policy_no, token, show));
}

Result<http::Response> new_token(Call& call) {
  auto token = SHOUYUE_TRY(app::new_program_token(call.session, call.parts.at("name")));
  return answer(TokenAnswer{std::move(token)}, 201);
}

Result<http::Response> revoke_tokens(Call& call) {
  SHOUYUE_CHECK(app::revoke_program_tokens(call.session, call.parts.at("name")));
  return http::Response{.status = 204};
}

}  // namespace shouyue::api
