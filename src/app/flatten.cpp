#include "app/flatten.hpp"

#include <algorithm>

#include "app/import_rows.hpp"
#include "app/receipts.hpp"
#include "base/text.hpp"
#include "insurer/visible.hpp"

namespace shouyue::app {
namespace {

using insurer::Change;

bool is_cancellation(Change change) {
  return change == Change::cooling_off_cancel || change == Change::withdrawal || change == Change::surrender;
}

void add_policy(const LoadedPolicy& loaded, const insurer::Policy& policy, CaseRow& row) {
  row.org_code = policy.org_code;
  row.agent_code = policy.agent_code;
  row.product_code = policy.product_code;
  row.channel = policy.channel;
  if (loaded.surroundings.product_known) row.product_type = loaded.surroundings.product_type;
  row.pay_mode = policy.pay_mode;
  row.term_months = policy.term_months;
  row.premium = policy.premium;
  row.issued_on = policy.issued_on;
  row.effective_on = policy.effective_on;
  row.person = holder_key(policy);
}

void add_changes(const insurer::PolicyFacts& facts, CaseRow& row) {
  for (const insurer::PolicyChange& change : facts.changes) {
    const bool in_cooling_off = row.cooling_off_end && change.on <= *row.cooling_off_end;
    if (is_cancellation(change.change)) {
      if (!row.cancelled_on) row.cancelled_on = change.on;
      if (change.change == Change::cooling_off_cancel || in_cooling_off) row.cancelled_in_cooling_off = true;
    }
    if (change.change == Change::claim_termination && in_cooling_off) row.claim_ended_in_cooling_off = true;
  }
}

void add_attempts(const insurer::PolicyFacts& facts, CaseRow& row) {
  if (facts.attempts.empty()) return;
  const insurer::Attempt& last = facts.attempts.back();
  row.last_leg = last.leg;
  row.last_connection = last.connection;
  row.attempts_day = last.started_at.date();
  row.attempts_that_day = static_cast<int>(std::ranges::count_if(facts.attempts, [&](const auto& attempt) {
    return insurer::is_call(attempt.leg) && attempt.started_at.date() == *row.attempts_day;
  }));
}

CaseRow case_row(const LoadedPolicy& loaded, const PolicyState& state) {
  const followup::Case& kase = state.follow_up;
  CaseRow row;
  row.policy_no = loaded.policy_no;
  row.regime = loaded.books->visits->id;
  row.state = kase.status;
  row.leg = kase.leg;
  row.deadline = kase.deadline;
  row.cooling_off_end = kase.cooling_off_end;
  row.result_class = kase.result_class;
  row.success = kase.success;
  row.success_on = kase.success_on;
  row.first_success_on = kase.first_success_on;
  row.completed = kase.completed;
  row.completed_on = kase.completed_on;
  row.attempts = kase.attempts;
  row.next_slot_from = kase.next_slot_from;
  row.rules = clause_ids(kase.rules);
  if (kase.active) {
    row.active_leg = kase.active->leg->leg;
    row.by_holder = kase.active->leg->performer == regime::Performer::holder;
    row.leg_until = kase.active->cadence.until;
    row.promised_at = kase.active->cadence.appointment;
  }
  row.known_to = loaded.newest_seq();
  row.in_scope = kase.status != insurer::CaseStatus::out_of_scope;
  row.waived = kase.status == insurer::CaseStatus::waived;
  row.wake_at = state.wake_at;
  add_policy(loaded, state.facts.policy, row);
  row.language = insurer::language_of(state.facts);
  add_changes(state.facts, row);
  add_attempts(state.facts, row);
  return row;
}

Result<TicketRow> ticket_row(const LoadedPolicy& loaded, const ticket::Ticket& ticket) {
  TicketRow row{.policy_no = loaded.policy_no,
                .ticket_id = ticket.ticket_id,
                .kind = ticket.kind,
                .subtype = ticket.subtype,
                .org_code = ticket.org_code,
                .opened_at = ticket.opened_at,
                .due_on = ticket.due_on,
                .state = ticket.state,
                .timeliness = ticket.timeliness,
                .closed_at = ticket.closed_at,
                .working_days_used = {},
                .rules = clause_ids(ticket.rules)};
  if (ticket.closed_at)
    row.working_days_used =
        SHOUYUE_TRY(loaded.calendar->working_days_between(ticket.opened_at.date(), ticket.closed_at->date()));
  return row;
}

CommissionRow commission_row(const LoadedPolicy& loaded, const PolicyState& state) {
  const commission::Standing& standing = state.commission->standing;
  return {.policy_no = loaded.policy_no,
          .agent_code = state.facts.policy.agent_code,
          .month = standing.month,
          .commission = standing.commission,
          .status = standing.status,
          .deduction = standing.deduction,
          .payable = standing.payable,
          .reasons = join(standing.reasons, ";"),
          .rules = clause_ids(standing.rules)};
}

ReceiptRow receipt_row(const LoadedPolicy& loaded, const PolicyState& state, const std::vector<std::string>& marks) {
  const insurer::Policy& policy = state.facts.policy;
  const insurer::Receipt reported = state.facts.receipt.value_or(insurer::Receipt{});
  const receipt::Standing& standing = *state.receipt;
  return {.policy_no = loaded.policy_no,
          .agent_code = policy.agent_code,
          .org_code = policy.org_code,
          .channel = policy.channel,
          .issued_on = policy.issued_on,
          .state = state.follow_up.status,
          .marks = join(marks, ";"),
          .delivered_on = reported.delivered_on,
          .signed_on = reported.signed_on,
          .handed_in_on = reported.handed_in_on,
          .reconciled_on = reported.reconciled_on,
          .returned_on = standing.returned_on,
          .late_after = standing.late_after,
          .hand_in_by = standing.hand_in_by,
          .rules = clause_ids(standing.rules)};
}

std::vector<EntryRow> entry_rows(const std::string& policy_no, const std::vector<commission::Entry>& entries) {
  std::vector<EntryRow> rows;
  for (const commission::Entry& entry : entries)
    rows.push_back({.policy_no = policy_no,
                    .n = static_cast<int>(rows.size()) + 1,
                    .month = entry.month,
                    .kind = entry.kind,
                    .amount = entry.amount,
                    .reasons = join(entry.reasons, ";"),
                    .rules = clause_ids(entry.rules),
                    .agent_code = entry.agent_code});
  return rows;
}

}  // namespace

std::string clause_ids(const std::vector<const regime::Clause*>& rules) {
  std::string text;
  for (const regime::Clause* rule : rules) text += (text.empty() ? "" : ";") + rule->id;
  return text;
}

Result<DerivedRows> flatten(const LoadedPolicy& policy, const PolicyState& state) {
  DerivedRows rows;
  rows.kase = case_row(policy, state);
  for (const ticket::Ticket& ticket : state.tickets) rows.tickets.push_back(SHOUYUE_TRY(ticket_row(policy, ticket)));
  std::ranges::sort(rows.tickets, {}, &TicketRow::ticket_id);
  if (state.receipt)
    if (const auto marks = receipt_marks(*state.receipt); !marks.empty())
      rows.receipt = receipt_row(policy, state, marks);
  if (!state.commission) return rows;
  rows.commission = commission_row(policy, state);
  rows.entries = entry_rows(policy.policy_no, state.commission->entries);
  return rows;
}

DerivedRows refused_rows(const std::string& policy_no, const Error& error, const commission::Ledger& ledger) {
  DerivedRows rows;
  rows.entries = entry_rows(policy_no, ledger.entries);
  rows.refused = RefusedRow{.policy_no = policy_no, .rule = error.rule, .en = error.en, .zh = error.zh};
  return rows;
}

}  // namespace shouyue::app
