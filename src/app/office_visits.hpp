#pragma once

#include "app/accounts.hpp"
#include "app/policy_deriver.hpp"

// Visits that no worklist hands out and that an office writes down itself: its own calls, letters that came back,
// visits to the door, manual visits, and the call that checks that a visit was real.
namespace shouyue::app {

// A leg of the policy's book on which an office records attempts.
struct OfficeLeg {
  const regime::Leg* leg = nullptr;
  bool is_current = false;              // the case has come to it
  bool needs_receipt = false;           // a letter or a visit: signed by the policyholder
  const regime::Leg* checks = nullptr;  // it checks a visit on this leg
};

// Those of the book, in its order. The legs belong to the policy's books.
std::vector<OfficeLeg> office_legs(const LoadedPolicy& policy, const PolicyState& state);

struct OfficeVisit {
  std::string policy_no;
  insurer::Leg leg = insurer::Leg::branch_call;
  Instant started_at;
  std::string visitor;  // who made it; empty: the account
  std::string connection, party, identity, interview, phone, receipt_phone, note, recording_id;
  std::optional<bool> signed_receipt;
  std::vector<std::string> corrected, open;  // findings
};

// Writes the visit down as an attempt; the same visit twice is one. Gives the rows as they are then.
// Errors: policy.not_found, visits.no_such_leg (the book does not have it, or its attempts come from the worklist),
// visits.in_the_future, visits.by_seller (who sold the policy made it), visits.nothing_to_check,
// visits.used_up (it lies after the last one that the book allows), those of record.
// Source: 人身保险业务基本服务规定 第十八条；回访管理办法 3.2.
Result<DerivedRows> record_visit(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                 const OfficeVisit& visit);

}  // namespace shouyue::app
