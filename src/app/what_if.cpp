#include "app/what_if.hpp"

#include <limits>

#include "app/commission_store.hpp"
#include "app/organisation_part.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

// A supposed fact becomes known after everything else.
constexpr std::int64_t last_known = std::numeric_limits<std::int64_t>::max();

Result<WhatIfRow> suppose(PolicyDeriver& deriver, const CommissionRow& row, const WhatIfRequest& request) {
  const Instant then = Instant::start_of(request.on + 1).just_before();
  LoadedPolicy policy = SHOUYUE_TRY(deriver.read(row.policy_no, then));
  const PolicyState before = SHOUYUE_TRY(PolicyDeriver::derive(policy, then));
  if (request.receipt && (!before.receipt || !before.receipt->returned_on))
    suppose_receipt(policy.versions, request.on);
  if (request.follow_up && !before.follow_up.success)
    suppose_visit(policy.versions, before.follow_up.leg.value_or(insurer::Leg::first_call), request.on);
  const PolicyState after = SHOUYUE_TRY(PolicyDeriver::derive(policy, then));
  const commission::Standing& standing = after.commission->standing;
  return WhatIfRow{.policy_no = row.policy_no,
                   .agent_code = row.agent_code,
                   .status_now = row.status,
                   .status_then = standing.status,
                   .month = standing.month,
                   .payable = standing.payable,
                   .reasons = join(standing.reasons, ";")};
}

std::unexpected<Error> stopped() { return refuse(Errc::rule_broken, "what_if.stopped", "it was stopped", "已停止"); }

}  // namespace

Result<void> check_what_if(const WhatIfRequest& request, Date today) {
  if (!request.receipt && !request.follow_up)
    return refuse(Errc::invalid_input, "what_if.nothing_supposed",
                  "say what to suppose: --receipt, --follow-up or both",
                  "请说明假设：--receipt（回执收回）、--follow-up（回访成功）或两者");
  if (request.on < today)
    return refuse(Errc::invalid_input, "what_if.in_the_past",
                  "the day " + request.on.text() + " is past; give a day from today on",
                  "日期 " + request.on.text() + " 已过，请给出今天或以后的日期");
  return {};
}

Result<std::vector<WhatIfRow>> what_if(Session& session, const WhatIfRequest& request) {
  PolicyDeriver deriver = SHOUYUE_TRY(PolicyDeriver::load(session));
  return what_if(session, deriver, request);
}

Result<std::vector<WhatIfRow>> what_if(Session& session, PolicyDeriver& deriver, const WhatIfRequest& request) {
  SHOUYUE_CHECK(check_what_if(request, session.now.date()));
  std::vector<CommissionRow> waiting;
  OrganisationPart part(deriver.directory(), request.org_code, session.now.date());
  const StandingFilter filter{.agent_code = request.agent_code, .all = false, .months = {}};
  SHOUYUE_CHECK(session.store.commission().each_standing(filter, [&](CommissionStanding& standing) -> Result<void> {
    if (part.holds(standing.org_code)) waiting.push_back(std::move(standing.row));
    return {};
  }));
  std::vector<WhatIfRow> rows;
  const auto total = static_cast<std::int64_t>(waiting.size());
  for (const CommissionRow& row : waiting) {
    if (request.on_progress && !request.on_progress(static_cast<std::int64_t>(rows.size()), total)) return stopped();
    rows.push_back(SHOUYUE_TRY(suppose(deriver, row, request)));
  }
  return rows;
}

void suppose_receipt(insurer::FactVersions& versions, Date on) {
  insurer::Receipt receipt;
  if (!versions.receipts.empty()) receipt = versions.receipts.back();
  receipt.seq = last_known;
  if (!receipt.signed_on) receipt.signed_on = on;
  if (receipt.electronic) receipt.paper_signed_on = receipt.signed_on;
  receipt.handed_in_on = on;
  receipt.reconciled_on = on;
  versions.receipts.push_back(receipt);
}

void suppose_visit(insurer::FactVersions& versions, insurer::Leg leg, Date on) {
  versions.attempts.push_back({.seq = last_known,
                               .attempt_id = "supposed",
                               .leg = leg,
                               .started_at = Instant::at(on, 12 * 3600),
                               .connection = insurer::Connection::answered,
                               .party = insurer::Party::holder,
                               .identity = insurer::Identity::verified,
                               .interview = insurer::Interview::complete});
}

}  // namespace shouyue::app
