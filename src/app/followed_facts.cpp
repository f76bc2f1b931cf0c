#include "app/followed_facts.hpp"

#include <algorithm>
#include <ranges>

#include "worklist/ticket_track.hpp"

namespace shouyue::app {

std::optional<std::uint32_t> FollowedFacts::row_of(const std::string& policy_no) const {
  const auto numbers = std::views::iota(std::size_t{0}, loaded_policies_);
  const auto found = std::ranges::lower_bound(numbers, std::string_view(policy_no), {},
                                              [&](std::size_t row) { return facts_.policies.policy_no(row); });
  if (found != numbers.end() && facts_.policies.policy_no(*found) == policy_no)
    return static_cast<std::uint32_t>(*found);
  const auto added = added_.find(policy_no);
  return added == added_.end() ? std::nullopt : std::optional(added->second);
}

std::vector<std::uint32_t> FollowedFacts::ticket_rows_of(std::uint32_t policy) const {
  std::vector<std::uint32_t> rows;
  const auto numbers = std::views::iota(std::size_t{0}, loaded_tickets_);
  const auto of_row = [&](std::size_t row) { return facts_.tickets.policy(row); };
  for (auto found = std::ranges::lower_bound(numbers, policy, {}, of_row);
       found != numbers.end() && of_row(*found) == policy; ++found)
    rows.push_back(static_cast<std::uint32_t>(*found));
  if (const auto added = added_tickets_.find(policy); added != added_tickets_.end())
    rows.insert(rows.end(), added->second.begin(), added->second.end());
  return rows;
}

Result<bool> FollowedFacts::take(const PolicyDeriver& deriver, const std::string& policy_no, const DerivedRows& rows) {
  auto row = row_of(policy_no);
  if (!rows.kase) {
    if (!row) return true;
    facts_.policies.clear(*row);
    for (const std::uint32_t ticket : ticket_rows_of(*row)) facts_.tickets.clear(ticket);
    return true;
  }
  const auto organisation = facts_.organisations.find(rows.kase->org_code);
  if (!organisation) return false;
  const kpi::PolicyRow columns = kpi_row(*rows.kase, *organisation);
  if (row) {
    SHOUYUE_CHECK(facts_.policies.replace(*row, columns));
  } else {
    SHOUYUE_CHECK(facts_.policies.append(columns));
    row = static_cast<std::uint32_t>(facts_.policies.rows() - 1);
    added_.emplace(policy_no, *row);
  }
  SHOUYUE_CHECK(take_tickets(deriver, owner_of_tickets(facts_.policies, *row), rows.tickets));
  return true;
}

std::vector<std::string> FollowedFacts::begin_day(Date today) {
  today_ = today;
  std::vector<std::string> policies;
  for (std::size_t row = 0; row < facts_.tickets.rows(); ++row)
    if (!facts_.tickets.is_closed(row)) policies.emplace_back(facts_.policies.policy_no(facts_.tickets.policy(row)));
  std::ranges::sort(policies);
  const auto repeated = std::ranges::unique(policies);
  policies.erase(repeated.begin(), repeated.end());
  return policies;
}

Result<void> FollowedFacts::take_tickets(const PolicyDeriver& deriver, const TicketOwner& owner,
                                         const std::vector<TicketRow>& tickets) {
  const auto known = ticket_rows_of(owner.policy);
  for (std::size_t i = 0; i < tickets.size(); ++i) {
    const TicketRow& ticket = tickets[i];
    const kpi::TicketRow columns = kpi_row(ticket, owner, days_used_for_figures(deriver, ticket, today_));
    if (i < known.size()) {
      SHOUYUE_CHECK(facts_.tickets.replace(known[i], columns));
      facts_.ticket_numbers[known[i]] = worklist::ticket_number(ticket.ticket_id);
      continue;
    }
    SHOUYUE_CHECK(facts_.tickets.append(columns));
    facts_.ticket_numbers.push_back(worklist::ticket_number(ticket.ticket_id));
    added_tickets_[owner.policy].push_back(static_cast<std::uint32_t>(facts_.tickets.rows() - 1));
  }
  for (std::size_t i = tickets.size(); i < known.size(); ++i) facts_.tickets.clear(known[i]);
  return {};
}

}  // namespace shouyue::app
