#include "app/office_visits.hpp"

#include <algorithm>

#include "app/record.hpp"
#include "app/scope.hpp"
#include "app/whose_call.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

bool is_paper_or_visit(insurer::Leg leg) { return leg == insurer::Leg::letter || leg == insurer::Leg::door_visit; }

const regime::Leg* checked_leg(const regime::Followup& book, const regime::Leg& leg) {
  if (leg.proves)
    for (const regime::Leg& other : book.legs)
      if (leg.proves->legs & insurer::bit(other.leg)) return &other;
  return nullptr;
}

Result<const OfficeLeg*> require_leg(const std::vector<OfficeLeg>& legs, insurer::Leg leg) {
  for (const OfficeLeg& known : legs)
    if (known.leg->leg == leg) return &known;
  return refuse(Errc::rule_broken, "visits.no_such_leg",
                "the rule book of this policy has no such visit for an office to record: " + std::string(code_of(leg)),
                "该保单适用的制度没有可由机构登记的“" + std::string(zh_of(leg)) + "”");
}

Result<void> require_something_to_check(const OfficeLeg& leg, const PolicyState& state, Instant at) {
  if (!leg.checks) return {};
  for (const insurer::Attempt& attempt : state.facts.attempts)
    if (attempt.leg == leg.checks->leg && attempt.started_at <= at) return {};
  return refuse(Errc::rule_broken, "visits.nothing_to_check", "no visit was recorded that this call could check",
                "尚无可核实的上门记录，请先登记上门回访");
}

// A visit beyond those that the book allows decides nothing; what was made in time may be written down late.
Result<void> require_attempt_left(const PolicyState& state, const OfficeVisit& visit) {
  for (const followup::Means& means : state.follow_up.means) {
    const bool is_used_up = means.ended_by == "attempts_used_up" || means.ended_by == "days_used_up";
    if (means.leg->leg != visit.leg || !is_used_up || !means.ended_at || visit.started_at <= *means.ended_at) continue;
    return refuse(Errc::rule_broken, "visits.used_up",
                  "the visits that '" + means.clause->title_en + "' allows were made; ask for an exception",
                  "“" + means.clause->title + "”的次数已用完，确需改变结果的请申请例外");
  }
  return {};
}

std::string findings_text(const OfficeVisit& visit) {
  std::string text;
  for (const std::string& finding : visit.corrected) text += finding + ":corrected;";
  for (const std::string& finding : visit.open) text += finding + ":open;";
  return text;
}

Entry entry_of(const access::Account& account, const OfficeVisit& visit) {
  const std::string leg(code_of(visit.leg)), visitor(trim(visit.visitor));
  Entry entry{.kind = insurer::FileKind::attempts,
              .fields = {{"attempt_id", visit.policy_no + "-" + leg + "-" + visit.started_at.text()},
                         {"policy_no", visit.policy_no},
                         {"leg", leg},
                         {"started_at", visit.started_at.text()},
                         {"operator", visitor.empty() ? account.name : visitor},
                         {"connection", visit.connection}}};
  const auto add = [&](const char* column, const std::string& text) {
    if (!text.empty()) entry.fields.emplace_back(column, text);
  };
  add("party", visit.party);
  add("identity", visit.identity);
  add("interview", visit.interview);
  add("findings", findings_text(visit));
  add("phone", visit.phone);
  add("receipt_phone", visit.receipt_phone);
  add("recording_id", visit.recording_id);
  add("note", visit.note);
  if (visit.signed_receipt) entry.fields.emplace_back("signed_receipt", *visit.signed_receipt ? "1" : "0");
  return entry;
}

}  // namespace

std::vector<OfficeLeg> office_legs(const LoadedPolicy& policy, const PolicyState& state) {
  std::vector<OfficeLeg> legs;
  const regime::Followup& book = *policy.books->visits->followup;
  for (const regime::Leg& leg : book.legs) {
    if (leg.performer != regime::Performer::branch) continue;
    legs.push_back({.leg = &leg,
                    .is_current = state.follow_up.leg == leg.leg && !state.follow_up.success,
                    .needs_receipt = is_paper_or_visit(leg.leg),
                    .checks = checked_leg(book, leg)});
  }
  return legs;
}

Result<DerivedRows> record_visit(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                 const OfficeVisit& visit) {
  Transaction transaction = SHOUYUE_TRY(Transaction::begin(session.store));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(visit.policy_no, session.now));
  SHOUYUE_CHECK(require_in_scope(account, deriver, policy.policy(), session.now.date()));
  const PolicyState state = SHOUYUE_TRY(PolicyDeriver::derive(policy, session.now));
  const auto legs = office_legs(policy, state);
  const OfficeLeg* leg = SHOUYUE_TRY(require_leg(legs, visit.leg));
  SHOUYUE_CHECK(require_not_sold_by(account.agent_code, state.facts.policy));
  SHOUYUE_CHECK(require_not_sold_by(trim(visit.visitor), state.facts.policy));
  if (visit.started_at > session.now)
    return refuse(Errc::invalid_input, "visits.in_the_future", "the visit lies in the future", "回访时间晚于现在");
  SHOUYUE_CHECK(require_something_to_check(*leg, state, visit.started_at));
  SHOUYUE_CHECK(require_attempt_left(state, visit));
  DerivedRows rows = SHOUYUE_TRY(record_within(session, deriver, visit.policy_no, {entry_of(account, visit)}));
  SHOUYUE_CHECK(transaction.commit());
  return rows;
}

}  // namespace shouyue::app
