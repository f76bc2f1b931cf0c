#pragma once

#include "app/rows.hpp"
#include "kpi/columns.hpp"

// Derived rows as the rows of the indicators; their texts are views into the row given.
namespace shouyue::app {

kpi::PolicyRow kpi_row(const CaseRow& row, std::uint32_t organisation);

// What a ticket takes over from its policy.
struct TicketOwner {
  std::uint32_t policy = 0;  // row of the policy in PolicyColumns
  std::uint32_t organisation = 0;
  std::optional<Date> issued_on;
  insurer::Channel channel = insurer::Channel::agency;
  insurer::ProductType product_type = insurer::ProductType::traditional;
};
TicketOwner owner_of_tickets(const kpi::PolicyColumns& policies, std::uint32_t policy);

// `working_days_used`: of a ticket that is still open, up to today; empty when it is not known.
kpi::TicketRow kpi_row(const TicketRow& row, const TicketOwner& owner, std::optional<int> working_days_used);

}  // namespace shouyue::app
