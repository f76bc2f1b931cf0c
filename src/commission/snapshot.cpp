#include "commission/snapshot.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::commission {
namespace {

constexpr expr::Value missing{0, true};
expr::Value of(std::int64_t amount) { return {amount, false}; }
expr::Value of_set(std::uint64_t bits) { return bits == 0 ? missing : of(static_cast<std::int64_t>(bits)); }

bool is_released(const Snapshot& snapshot, const regime::CommissionReason& reason) {
  return std::ranges::find(snapshot.released, reason.id) != snapshot.released.end();
}

// Takes over the reasons that hold; gives whether any does.
bool collect(Standing& standing, worklist::Rules& rules, const std::vector<regime::CommissionReason>& reasons,
             const Snapshot& snapshot) {
  for (const regime::CommissionReason& reason : reasons) {
    if (is_released(snapshot, reason) || !reason.when.holds(snapshot.row)) continue;
    standing.reasons.push_back(reason.id);
    rules.add(reason.clause);
  }
  return !standing.reasons.empty();
}

// Whether anything but the release by hand would keep the money back; the clauses set aside stand with the standing.
bool set_aside(worklist::Rules& rules, const regime::Commission& book, const expr::Row& row) {
  bool any = false;
  for (const auto* reasons : {&book.withholds, &book.holds})
    for (const regime::CommissionReason& reason : *reasons) {
      if (!reason.when.holds(row)) continue;
      rules.add(reason.clause);
      any = true;
    }
  return any;
}

Result<void> deduct(Standing& standing, worklist::Rules& rules, const Snapshot& snapshot,
                    const regime::Commission& book) {
  for (const regime::Deduction& deduction : book.deductions) {
    if (!deduction.when.holds(snapshot.row)) continue;
    const auto amount = SHOUYUE_TRY(deduction.amount.on(snapshot.governing, snapshot.policy_row));
    standing.deduction = standing.deduction + amount.value;
    standing.reasons.push_back(deduction.id);
    rules.add(deduction.clause);
  }
  if (standing.deduction > standing.commission) {
    standing.deduction = standing.commission;
    rules.add(book.deduction_cap);
  }
  return {};
}

}  // namespace

Snapshot look(const worklist::Context& context, const followup::Case& follow_up, const receipt::Standing& receipt) {
  using namespace regime::commission_variable;
  Snapshot snapshot{.row = expr::Row(count, missing),
                    .policy_row = context.policy_row,
                    .governing = context.governing(),
                    .commission = context.facts.policy.commission.value_or(Money()),
                    .agent_code = context.facts.policy.agent_code,
                    .receipt_rules = receipt.rules};
  expr::Row& row = snapshot.row;
  row[success] = of(follow_up.success);
  row[completed] = of(follow_up.completed);
  row[result_class] = of(static_cast<std::int64_t>(follow_up.result_class));
  row[failed_legs] = of_set(follow_up.failed_legs);
  if (follow_up.deciding) {
    const insurer::Attempt& attempt = context.facts.attempts[*follow_up.deciding];
    if (follow_up.success) row[success_leg] = of(static_cast<std::int64_t>(attempt.leg));
    row[findings_seen] = of_set(attempt.corrected | attempt.open);
    row[findings_open] = of_set(attempt.open);
  }
  row[receipt_returned] = of(receipt.returned_on.has_value());
  row[receipt_late] = of(receipt.late);
  row[receipt_signature_ok] = of(receipt.signature_ok);
  std::uint64_t changed = 0;
  for (const insurer::PolicyChange& change : context.facts.changes) changed |= insurer::bit(change.change);
  row[changes] = of_set(changed);
  row[in_scope] = of(follow_up.status != insurer::CaseStatus::out_of_scope);
  row[waived] = of(follow_up.status == insurer::CaseStatus::waived);
  row[follow_up_due] = of(follow_up.status != insurer::CaseStatus::not_due);
  for (const insurer::GrantedException& exception : context.facts.exceptions)
    if (exception.kind == insurer::ExceptionKind::commission_release && !context.facts.is_revoked(exception))
      for (const std::string_view reason : split(exception.value, ';')) snapshot.released.emplace_back(reason);
  return snapshot;
}

Result<Standing> standing_of(const Snapshot& snapshot, const regime::Commission& book, bool settled_before) {
  using insurer::CommissionStatus;
  Standing standing{.agent_code = snapshot.agent_code, .commission = snapshot.commission};
  worklist::Rules rules;
  if (collect(standing, rules, book.cancels, snapshot)) {
    standing.status = CommissionStatus::cancelled;
  } else if (collect(standing, rules, book.withholds, snapshot)) {
    standing.status = CommissionStatus::withheld;
  } else if (collect(standing, rules, book.holds, snapshot)) {
    const bool only_waits = std::ranges::all_of(book.holds, [&](const auto& hold) {
      return hold.waits || is_released(snapshot, hold) || !hold.when.holds(snapshot.row);
    });
    standing.status = only_waits && !settled_before ? CommissionStatus::pending : CommissionStatus::held;
  } else {
    standing.status = CommissionStatus::released;
    if (!snapshot.released.empty() && set_aside(rules, book, snapshot.row))
      standing.reasons.emplace_back("released_by_hand");
    SHOUYUE_CHECK(deduct(standing, rules, snapshot, book));
    standing.payable = standing.commission - standing.deduction;
    rules.add(snapshot.receipt_rules);
    rules.add(book.cut_off_day.clause);
  }
  standing.rules = rules.list();
  return standing;
}

}  // namespace shouyue::commission
