#include "app/own_policies.hpp"

#include <algorithm>
#include <tuple>

#include "app/receipts.hpp"
#include "app/ticket_steps.hpp"
#include "app/what_if.hpp"
#include "base/text.hpp"

namespace shouyue::app {
namespace {

using insurer::CommissionStatus;

const regime::Clause* clause_of(const regime::Commission& book, const std::string& reason) {
  for (const auto* list : {&book.holds, &book.withholds, &book.cancels})
    for (const regime::CommissionReason& known : *list)
      if (known.id == reason) return &known.clause;
  for (const regime::Deduction& deduction : book.deductions)
    if (deduction.id == reason) return &deduction.clause;
  return nullptr;
}

std::vector<const regime::Clause*> clauses_of(const regime::Commission& book, const std::vector<std::string>& reasons) {
  std::vector<const regime::Clause*> clauses;
  for (const std::string& reason : reasons)
    if (const regime::Clause* clause = clause_of(book, reason)) clauses.push_back(clause);
  return clauses;
}

class Desk {
 public:
  Desk(Instant now, OwnDesk& desk) : now_(now), desk_(desk) {}

  void add(const LoadedPolicy& policy) {
    const auto state = PolicyDeriver::derive(policy, now_);
    if (!state) return;
    ++desk_.policies;
    const OwnPolicy own{.policy_no = policy.policy_no,
                        .holder_masked = mask_name(state->facts.policy.holder_name),
                        .issued_on = state->facts.policy.issued_on};
    add_receipt(own, policy, *state);
    add_call(own, policy, *state);
    for (const ticket::Ticket& ticket : state->tickets)
      if (!ticket.closed_at) desk_.tickets.push_back({own, ticket, policy.books->ticket(ticket.kind)});
    add_commission(own, policy, *state);
  }

  void sort() {
    const auto by_day = [](std::optional<Date> day) { return std::pair(!day, day); };
    std::ranges::stable_sort(desk_.receipts, {}, [&](const OwnReceipt& row) { return by_day(last_day(row)); });
    std::ranges::stable_sort(desk_.calls, {}, [&](const OwnCall& row) { return by_day(row.deadline); });
    std::ranges::stable_sort(desk_.tickets, {}, [&](const OwnTicket& row) { return by_day(row.ticket.due_on); });
    std::ranges::stable_sort(desk_.commission, std::greater{},
                             [](const OwnCommission& row) { return row.standing.commission; });
  }

 private:
  static std::optional<Date> last_day(const OwnReceipt& row) {
    return row.standing.hand_in_by ? row.standing.hand_in_by : row.standing.late_after;
  }

  // The commission as it stands on `at` when the receipt came back on `returned_on` and a visit left no doubt.
  static std::optional<commission::Standing> supposed(const LoadedPolicy& policy, const PolicyState& now, Date at,
                                                      Date returned_on) {
    LoadedPolicy then = policy;
    suppose_receipt(then.versions, returned_on);
    if (!now.follow_up.completed)
      suppose_visit(then.versions, now.follow_up.leg.value_or(insurer::Leg::first_call), at);
    const auto state = PolicyDeriver::derive(then, Instant::start_of(at + 1).just_before());
    if (!state || !state->commission) return std::nullopt;
    return state->commission->standing;
  }

  // What comes off the commission when the receipt comes back too late, against in time.
  void add_cost(OwnReceipt& row, const LoadedPolicy& policy, const PolicyState& now) const {
    if (!now.commission || !row.standing.late_after || row.standing.returned_on) return;
    const Date last = *row.standing.late_after, day = std::max(last + 1, now_.date());
    const auto late = supposed(policy, now, day, day), timely = supposed(policy, now, day, last);
    if (!late || !timely) return;
    row.cost = late->deduction - timely->deduction;
    if (row.cost != Money{}) row.why = clauses_of(*policy.books->commission, late->reasons);
  }

  void add_receipt(const OwnPolicy& own, const LoadedPolicy& policy, const PolicyState& state) {
    if (!state.receipt || state.follow_up.status == insurer::CaseStatus::cancelled) return;
    auto marks = receipt_marks(*state.receipt);
    if (marks.empty()) return;
    OwnReceipt row{.policy = own, .standing = *state.receipt, .marks = std::move(marks), .cost = {}, .why = {}};
    add_cost(row, policy, state);
    desk_.receipts.push_back(std::move(row));
  }

  void add_call(const OwnPolicy& own, const LoadedPolicy& policy, const PolicyState& state) {
    const followup::Case& kase = state.follow_up;
    const bool is_over = kase.success || kase.status == insurer::CaseStatus::cancelled ||
                         kase.status == insurer::CaseStatus::waived || kase.status == insurer::CaseStatus::out_of_scope;
    const auto& attempts = state.facts.attempts;
    const auto is_no_link = [](const insurer::Attempt& one) { return one.leg != insurer::Leg::electronic; };
    const auto found = std::find_if(attempts.rbegin(), attempts.rend(), is_no_link);
    if (is_over || found == attempts.rend()) return;
    const insurer::Attempt& last = *found;
    const regime::Outcome& book = *policy.books->visits->outcome;
    const std::size_t group = book.group_of(last.connection);
    OwnCall row{.policy = own,
                .state = kase.status,
                .attempts = static_cast<int>(std::ranges::count_if(attempts, is_no_link)),
                .last_at = last.started_at,
                .connection = last.connection,
                .reason = group < book.groups.size() ? &book.groups[group].clause : nullptr,
                .leg = kase.leg,
                .next_from = kase.next_slot_from,
                .deadline = kase.deadline,
                .ticket_id = {}};
    for (const ticket::Ticket& ticket : state.tickets)
      if (!ticket.closed_at && policy.books->ticket(ticket.kind)->handler == regime::Performer::agent)
        row.ticket_id = ticket.ticket_id;
    desk_.calls.push_back(std::move(row));
  }

  void add_commission(const OwnPolicy& own, const LoadedPolicy& policy, const PolicyState& state) {
    if (!state.commission) return;
    const commission::Standing& standing = state.commission->standing;
    const std::optional<Money> due = state.commission->due();
    const bool is_paid_whole = standing.status == CommissionStatus::released && standing.deduction == Money{} && !due;
    if (is_paid_whole || standing.status == CommissionStatus::cancelled) return;
    desk_.commission.push_back({own, standing, due, clauses_of(*policy.books->commission, standing.reasons)});
  }

  Instant now_;
  OwnDesk& desk_;
};

Result<void> require_agent(const access::Account& account) {
  if (!account.agent_code.empty()) return {};
  return refuse(Errc::rule_broken, "own_policies.no_agent",
                "this account names no agent; ask an administrator to set the agent's code",
                "本账号没有业务员代码，请联系系统管理员设置");
}

}  // namespace

Result<OwnDesk> own_desk(Session& session, PolicyDeriver& deriver, const access::Account& account) {
  SHOUYUE_CHECK(require_agent(account));
  OwnDesk desk;
  Desk rows(session.now, desk);
  const auto policies = SHOUYUE_TRY(session.store.policies_of_agent(account.agent_code));
  for (const auto& policy : SHOUYUE_TRY(deriver.read_each(policies, session.now))) {
    if (!policy || policy->policy().agent_code != account.agent_code) continue;
    desk.agent_name = policy->surroundings.agent_name;
    rows.add(*policy);
  }
  rows.sort();
  return desk;
}

Result<Questions> own_questions(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                const std::string& policy_no) {
  SHOUYUE_CHECK(require_agent(account));
  const LoadedPolicy policy = SHOUYUE_TRY(deriver.read(policy_no, session.now));
  if (policy.policy().agent_code != account.agent_code) return policy_not_found(policy_no);
  return questions(policy, {});
}

Result<TicketView> own_ticket(Session& session, PolicyDeriver& deriver, const access::Account& account,
                              const std::string& ticket_id) {
  SHOUYUE_CHECK(require_agent(account));
  return ticket_view(session, deriver, account, ticket_id);
}

Result<TicketView> answer_own_ticket(Session& session, PolicyDeriver& deriver, const access::Account& account,
                                     const OwnAnswer& answer) {
  SHOUYUE_CHECK(require_agent(account));
  const bool is_changed = !trim(answer.new_phone).empty();
  if (!is_changed && trim(answer.note).empty())
    return refuse(Errc::invalid_input, "tickets.needs_answer",
                  "give the new phone, or say in the note that the number is right",
                  "请填写新电话；号码没有变更的，请在说明中写明已核对无误");
  return take_step(session, deriver, account,
                   {.ticket_id = answer.ticket_id,
                    .step = insurer::Step::feedback,
                    .result = is_changed ? "phone_updated" : "contacted",
                    .new_phone = answer.new_phone,
                    .note = answer.note,
                    .appointment_at = answer.appointment_at});
}

}  // namespace shouyue::app
