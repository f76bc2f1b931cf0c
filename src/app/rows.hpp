#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "insurer/codes.hpp"

// What is stored of the derived state, flat: the rows behind the exports, the worklist and the indicators. Every row
// can be derived again from the facts; nothing here is ever edited.
namespace shouyue::app {

struct CaseRow {
  std::string policy_no;
  std::string regime;  // of the follow-up section
  insurer::CaseStatus state = insurer::CaseStatus::not_due;
  std::optional<insurer::Leg> leg;
  std::optional<Date> deadline, cooling_off_end;
  insurer::ResultClass result_class = insurer::ResultClass::none;
  bool success = false;
  std::optional<Date> success_on, first_success_on;
  bool completed = false;
  std::optional<Date> completed_on;
  int attempts = 0;
  std::optional<Instant> next_slot_from, leg_until;
  std::string rules;  // clause ids, joined by ;

  std::string org_code, agent_code, product_code;
  insurer::Channel channel = insurer::Channel::agency;
  std::optional<insurer::ProductType> product_type;
  std::optional<insurer::PayMode> pay_mode;
  std::optional<int> term_months;
  std::optional<Money> premium;
  Date issued_on;
  std::optional<Date> effective_on, cancelled_on;
  bool in_scope = true, waived = false;
  bool cancelled_in_cooling_off = false, claim_ended_in_cooling_off = false;
  std::optional<insurer::Leg> last_leg;
  std::optional<insurer::Connection> last_connection;
  std::string language;
  std::int64_t person = 0;           // stable hash of who the policyholder is; 0: not known
  std::optional<Date> attempts_day;  // the day of the latest attempt, and how many calls that day had
  int attempts_that_day = 0;
  std::optional<Instant> wake_at;          // until then the row cannot change by time alone
  std::optional<insurer::Leg> active_leg;  // on which attempts may be taken from the worklist, now or later
  bool by_holder = false;                  // the policyholder answers the active leg alone: it is nobody's call
  std::optional<Instant> promised_at;      // the customer asked to be called then
  std::int64_t known_to = 0;               // position of the newest fact that the row was derived from
  bool operator==(const CaseRow&) const = default;
};

// What the queue of open cases ranks and filters by; without `next_slot_from` no attempt is to be made.
struct OpenCase {
  std::string policy_no;
  std::optional<insurer::Leg> active_leg;
  bool by_holder = false;
  std::optional<Instant> next_slot_from, promised_at, leg_until;
  std::optional<Date> deadline;
  bool success = false;
  std::string org_code, language;
};

// A case on which attempts were made on a day.
struct CalledCase {
  std::string policy_no, org_code;
  std::optional<Date> success_on;
};

struct TicketRow {
  std::string policy_no, ticket_id;
  insurer::TicketKind kind = insurer::TicketKind::verification;
  std::string subtype, org_code;
  Instant opened_at;
  std::optional<Date> due_on;
  std::string state;
  insurer::Timeliness timeliness = insurer::Timeliness::normal;
  std::optional<Instant> closed_at;
  std::optional<int> working_days_used;  // of a closed ticket; an open one is counted when shown
  std::string rules;
  bool operator==(const TicketRow&) const = default;
};

struct CommissionRow {
  std::string policy_no, agent_code, month;
  Money commission;
  insurer::CommissionStatus status = insurer::CommissionStatus::pending;
  Money deduction, payable;
  std::string reasons, rules;
  bool operator==(const CommissionRow&) const = default;
};

struct EntryRow {
  std::string policy_no;
  int n = 0;  // position in the policy's ledger, from 1
  std::string month, kind;
  Money amount;
  std::string reasons, rules;
  std::string agent_code;  // as known to the settlement
  bool operator==(const EntryRow&) const = default;
};

// A receipt that is missing or not in order, of a policy whose books rule receipts.
struct ReceiptRow {
  std::string policy_no, agent_code, org_code;
  insurer::Channel channel = insurer::Channel::agency;
  Date issued_on;
  insurer::CaseStatus state = insurer::CaseStatus::not_due;  // of the case
  std::string marks;  // outstanding, late, handed_in_late, signature_differs, warned; joined by ;
  std::optional<Date> delivered_on, signed_on, handed_in_on, reconciled_on;
  std::optional<Date> returned_on, late_after, hand_in_by;  // see receipt::Standing
  std::string rules;
  bool operator==(const ReceiptRow&) const = default;
};

// A policy for which nothing could be derived, and why.
struct RefusedRow {
  std::string policy_no, rule, en, zh;
  bool operator==(const RefusedRow&) const = default;
};

// All derived rows of one policy: a case with what hangs on it, or a refusal. Lines that are booked stay with either.
struct DerivedRows {
  std::optional<CaseRow> kase;
  std::vector<TicketRow> tickets;
  std::optional<CommissionRow> commission;
  std::vector<EntryRow> entries;
  std::optional<ReceiptRow> receipt;
  std::optional<RefusedRow> refused;
  bool operator==(const DerivedRows&) const = default;
};

struct DerivedPolicy {
  std::string policy_no;
  DerivedRows rows;
};

struct SettlementRow {
  std::string regime;
  int year = 0, month = 0;
  Instant cut_off;
  std::int64_t known_to = 0;
};

struct AuditRow {
  std::int64_t n = 0;
  Instant at;
  std::string who, action, detail;
  std::string prev_hash = {}, hash = {};
};

struct ClaimRow {
  std::string policy_no, seat;
  std::int64_t fence = 0;
  Instant lease_until;
};

// A case that a seat has on its desk. The claim with the same fence says whether it still has it.
struct HeldCase {
  std::string seat, policy_no;
  std::int64_t fence = 0;
  Instant since;
};

}  // namespace shouyue::app
