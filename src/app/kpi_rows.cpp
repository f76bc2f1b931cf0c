#include "app/kpi_rows.hpp"

namespace shouyue::app {

kpi::PolicyRow kpi_row(const CaseRow& row, std::uint32_t organisation) {
  return {.policy_no = row.policy_no,
          .organisation = organisation,
          .issued_on = row.issued_on,
          .effective_on = row.effective_on,
          .cooling_off_end = row.cooling_off_end,
          .success_on = row.success_on,
          .first_success_on = row.first_success_on,
          .completed_on = row.completed_on,
          .cancelled_on = row.cancelled_on,
          .deadline = row.deadline,
          .success = row.success,
          .completed = row.completed,
          .in_scope = row.in_scope,
          .waived = row.waived,
          .state = row.state,
          .result_class = row.result_class,
          .channel = row.channel,
          .product_type = row.product_type.value_or(insurer::ProductType::traditional),
          .pay_mode = row.pay_mode,
          .term_months = row.term_months,
          .premium = row.premium,
          .last_leg = row.last_leg,
          .last_connection = row.last_connection,
          .cancelled_in_cooling_off = row.cancelled_in_cooling_off,
          .claim_ended_in_cooling_off = row.claim_ended_in_cooling_off,
          .attempts = row.attempts};
}

TicketOwner owner_of_tickets(const kpi::PolicyColumns& policies, std::uint32_t policy) {
  return {.policy = policy,
          .organisation = policies.organisation(policy),
          .issued_on = policies.issued_on(policy),
          .channel = policies.channel(policy),
          .product_type = policies.product_type(policy)};
}

kpi::TicketRow kpi_row(const TicketRow& row, const TicketOwner& owner, std::optional<int> working_days_used) {
  return {.policy = owner.policy,
          .organisation = owner.organisation,
          .issued_on = owner.issued_on,
          .opened_on = row.opened_at.date(),
          .due_on = row.due_on,
          .closed_on = row.closed_at ? std::optional(row.closed_at->date()) : std::nullopt,
          .kind = row.kind,
          .subtype = row.subtype,
          .closed = row.closed_at.has_value(),
          .working_days_used = working_days_used,
          .channel = owner.channel,
          .product_type = owner.product_type};
}

}  // namespace shouyue::app
