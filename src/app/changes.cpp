#include "app/changes.hpp"

#include "json/write.hpp"

namespace shouyue::app {
namespace {

struct CaseText {
  std::string regime, leg, state;
  std::optional<Date> deadline, cooling_off_end;
  std::string result_class;
  bool success = false;
  std::optional<Date> success_on;
  bool completed = false;
  std::optional<Date> completed_on;
  int attempts = 0;
  std::optional<Instant> next_slot_from;
  std::string org_code, channel, rules;
};
BOOST_DESCRIBE_STRUCT(CaseText, (),
                      (regime, leg, state, deadline, cooling_off_end, result_class, success, success_on, completed,
                       completed_on, attempts, next_slot_from, org_code, channel, rules))

struct TicketText {
  std::string ticket_id, kind, subtype, org_code;
  Instant opened_at;
  std::optional<Date> due_on;
  std::string state, timeliness;
  std::optional<Instant> closed_at;
  std::optional<int> working_days_used;
  std::string rules;
};
BOOST_DESCRIBE_STRUCT(TicketText, (),
                      (ticket_id, kind, subtype, org_code, opened_at, due_on, state, timeliness, closed_at,
                       working_days_used, rules))

struct CommissionText {
  std::string agent_code, month;
  Money commission;
  std::string status;
  Money deduction, payable;
  std::string reasons, rules;
};
BOOST_DESCRIBE_STRUCT(CommissionText, (), (agent_code, month, commission, status, deduction, payable, reasons, rules))

struct RefusedText {
  std::string rule, detail, detail_zh;
};
BOOST_DESCRIBE_STRUCT(RefusedText, (), (rule, detail, detail_zh))

CaseText text_of(const CaseRow& row) {
  return {.regime = row.regime,
          .leg = row.leg ? std::string(code_of(*row.leg)) : "",
          .state = std::string(code_of(row.state)),
          .deadline = row.deadline,
          .cooling_off_end = row.cooling_off_end,
          .result_class = std::string(code_of(row.result_class)),
          .success = row.success,
          .success_on = row.success_on,
          .completed = row.completed,
          .completed_on = row.completed_on,
          .attempts = row.attempts,
          .next_slot_from = row.next_slot_from,
          .org_code = row.org_code,
          .channel = std::string(code_of(row.channel)),
          .rules = row.rules};
}

TicketText text_of(const TicketRow& row) {
  return {.ticket_id = row.ticket_id,
          .kind = std::string(code_of(row.kind)),
          .subtype = row.subtype,
          .org_code = row.org_code,
          .opened_at = row.opened_at,
          .due_on = row.due_on,
          .state = row.state,
          .timeliness = std::string(code_of(row.timeliness)),
          .closed_at = row.closed_at,
          .working_days_used = row.working_days_used,
          .rules = row.rules};
}

CommissionText text_of(const CommissionRow& row) {
  return {.agent_code = row.agent_code,
          .month = row.month,
          .commission = row.commission,
          .status = std::string(code_of(row.status)),
          .deduction = row.deduction,
          .payable = row.payable,
          .reasons = row.reasons,
          .rules = row.rules};
}

std::string text_of(const ChangedPolicy& policy, const DerivedRows& rows) {
  json::Writer writer;
  writer.begin_object();
  json::write_member(writer, "n", policy.n);
  json::write_member(writer, "policy_no", policy.policy_no);
  if (rows.kase) json::write_member(writer, "case", text_of(*rows.kase));
  std::vector<TicketText> tickets;
  for (const TicketRow& ticket : rows.tickets) tickets.push_back(text_of(ticket));
  json::write_member(writer, "tickets", tickets);
  if (rows.commission) json::write_member(writer, "commission", text_of(*rows.commission));
  if (rows.refused)
    json::write_member(writer, "refused", RefusedText{rows.refused->rule, rows.refused->en, rows.refused->zh});
  writer.end_object();
  return writer.take();
}

}  // namespace

Result<std::vector<Change>> changes_of(Store& store, const std::vector<ChangedPolicy>& policies) {
  std::vector<std::string> numbers;
  for (const ChangedPolicy& policy : policies) numbers.push_back(policy.policy_no);
  const auto rows = SHOUYUE_TRY(store.derived_of_each(numbers));
  std::vector<Change> changes;
  for (std::size_t i = 0; i < policies.size(); ++i)
    changes.push_back({.n = policies[i].n, .policy_no = policies[i].policy_no, .json = text_of(policies[i], rows[i])});
  return changes;
}

Result<std::vector<Change>> changes_after(Store& store, std::int64_t n, int max) {
  const auto changed = SHOUYUE_TRY(store.ports().changed_after(n, max));
  return changes_of(store, changed);
}

}  // namespace shouyue::app
