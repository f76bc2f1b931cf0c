#include "app/dials.hpp"

#include <algorithm>
#include <array>

#include "app/call_card.hpp"
#include "app/outward_id.hpp"
#include "base/text.hpp"
#include "vault/signature.hpp"

namespace shouyue::app {
namespace {

constexpr std::array<std::string_view, 6> words{"waiting", "asked", "ringing", "answered", "ended", "failed"};

std::unexpected<Error> no_phone() {
  return refuse(Errc::rule_broken, "dial.no_phone", "this policy has no such number", "该保单没有此号码");
}

Result<std::string> phone_of(const LoadedPolicy& policy, const std::string& field) {
  const insurer::Policy& newest = policy.policy();
  std::string phone;
  if (field == "mobile_phone") phone = newest.mobile_phone;
  if (field == "home_phone") phone = newest.home_phone;
  if (field == "work_phone") phone = newest.work_phone;
  if (field == "first") {
    const auto phones = phones_of(insurer::as_known(policy.versions, INT64_MAX));
    if (!phones.empty()) phone = phones.front();
  }
  if (phone.empty()) return no_phone();
  return phone;
}

std::optional<DialState> state_of(std::string_view event) {
  for (const DialState state : {DialState::ringing, DialState::answered, DialState::ended, DialState::failed})
    if (code_of(state) == event) return state;
  return std::nullopt;
}

void take(Dial& dial, DialState state, Instant now) {
  if (state == DialState::ringing && !dial.ringing_at) dial.ringing_at = now;
  if (state == DialState::answered && !dial.answered_at) dial.answered_at = now;
  if ((state == DialState::ended || state == DialState::failed) && !dial.ended_at) dial.ended_at = now;
  dial.state = std::max(dial.state, state);
  dial.next_try_at.reset();
}

}  // namespace

std::string_view code_of(DialState state) { return words[static_cast<std::size_t>(state)]; }

Result<Dial> ask_for_dial(Session& session, PolicyDeriver& deriver, const Person& person, const std::string& policy_no,
                          const std::string& phone_field) {
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  SHOUYUE_CHECK(phone_of(policy, phone_field));
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const auto claim = SHOUYUE_TRY(session.store.claim_of(policy_no));
  if (!claim || claim->seat != person.account.seat || claim->lease_until <= session.now)
    return refuse(Errc::conflict, "dial.not_held",
                  "take the case first: only the seat that holds it may have it dialled",
                  "请先领取该件，只有持有该件的坐席可以拨打");
  const Dial dial{.dial_id = vault::hex(vault::random_bytes(12)),
                  .policy_no = policy_no,
                  .account = person.account.name,
                  .seat = person.account.seat,
                  .phone_field = phone_field,
                  .requested_at = session.now,
                  .next_try_at = session.now};
  SHOUYUE_CHECK(session.store.ports().put_dial(dial));
  SHOUYUE_CHECK(session.store.append_audit(
      {.at = session.now, .who = session.who, .action = "dial", .detail = policy_no + " " + phone_field}));
  SHOUYUE_CHECK(transaction.commit());
  return dial;
}

Result<std::string> number_of(Session& session, PolicyDeriver& deriver, const Dial& dial) {
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(dial.policy_no, session.now));
  return phone_of(policy, dial.phone_field);
}

Result<void> note_asked(Session& session, const Dial& tried) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin_claims(session.store));
  const auto known = SHOUYUE_TRY(session.store.ports().dial(bucket_of(tried.policy_no), tried.dial_id));
  if (known && known->state != DialState::waiting) return {};
  SHOUYUE_CHECK(session.store.ports().put_dial(tried));
  return transaction.commit();
}

Result<void> note_event(Session& session, const DialEvent& event) {
  const auto state = state_of(event.event);
  if (!state)
    return refuse(Errc::invalid_input, "dial.unknown_event",
                  "'" + event.event + "' is none of ringing, answered, ended, failed",
                  "“" + event.event + "”不在 ringing、answered、ended、failed 之列");
  const auto id = read_outward_id(event.id);
  Transaction transaction = SHOUYUE_TRY(Transaction::begin_claims(session.store));
  auto dial = id ? SHOUYUE_TRY(session.store.ports().dial(id->bucket, id->id)) : std::optional<Dial>();
  if (!dial)
    return refuse(Errc::not_found, "dial.not_found", "no call has the id " + event.id,
                  "没有编号为 " + event.id + " 的呼叫");
  if (dial->state != DialState::failed) take(*dial, *state, session.now);
  if (dial->recording_id.empty()) dial->recording_id = event.recording_id;
  if (dial->fault.empty()) dial->fault = excerpt(event.fault, 120);
  SHOUYUE_CHECK(session.store.ports().put_dial(*dial));
  return transaction.commit();
}

}  // namespace shouyue::app
