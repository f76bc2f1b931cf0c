#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "kpi/columns.hpp"
#include "kpi/organisation_tree.hpp"

// An insurer of any size, the same on every machine: one head office, 31 branches, 11 cities in each, 6 sub-branches in
// each city. Policies are issued over 24 months and stand in no order, as they come out of a hashed store.
namespace bench {

struct MadeInsurer {
  shouyue::kpi::OrganisationTree tree;
  shouyue::kpi::PolicyColumns policies;
  shouyue::kpi::TicketColumns tickets;
};

MadeInsurer make_insurer(std::size_t policies);

}  // namespace bench
