#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "app/kpi_figures.hpp"
#include "app/kpi_rows.hpp"

namespace shouyue::app {

// The columns of the indicators, kept up to date policy by policy after they were loaded. A policy and each of its
// tickets keep their rows; what is gone counts nowhere.
class FollowedFacts {
 public:
  // `today`: the day up to which tickets that are open have used working days.
  FollowedFacts(KpiFacts facts, Date today)
      : facts_(std::move(facts)),
        today_(today),
        loaded_policies_(facts_.policies.rows()),
        loaded_tickets_(facts_.tickets.rows()) {}

  const KpiFacts& facts() const { return facts_; }
  Date today() const { return today_; }

  // Gives the policies that have to be taken again on that day: those with open tickets.
  std::vector<std::string> begin_day(Date today);

  // Gives false for a policy of an organisation that the tree does not have: the columns must be loaded again.
  // Errors: those of the columns.
  Result<bool> take(const PolicyDeriver& deriver, const std::string& policy_no, const DerivedRows& rows);

 private:
  std::optional<std::uint32_t> row_of(const std::string& policy_no) const;
  std::vector<std::uint32_t> ticket_rows_of(std::uint32_t policy) const;
  Result<void> take_tickets(const PolicyDeriver& deriver, const TicketOwner& owner,
                            const std::vector<TicketRow>& tickets);

  KpiFacts facts_;
  Date today_;
  std::size_t loaded_policies_, loaded_tickets_;                                 // those stand in order of the policies
  std::unordered_map<std::string, std::uint32_t> added_;                         // policies that came later
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> added_tickets_;  // by row of the policy
};

}  // namespace shouyue::app
