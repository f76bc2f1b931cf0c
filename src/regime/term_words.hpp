#pragma once

#include <string_view>

// The words of rule books for the lists of regime.hpp, in the order of the enumerations.
namespace shouyue::regime {

inline constexpr std::string_view unit_words[] = {"days", "working_days", "months", "hours"};
inline constexpr std::string_view basis_words[] = {
    "issued_on",       "effective_on",  "printed_on",      "delivered_on",     "signed_on",
    "handed_in_on",    "reconciled_on", "cooling_off_end", "previous_leg_end", "leg_start",
    "ticket_feedback", "ticket_due",    "ticket_opened"};
inline constexpr std::string_view count_from_words[] = {"next_day", "same_day"};
inline constexpr std::string_view performer_words[] = {"head_office", "branch", "agent", "holder"};

}  // namespace shouyue::regime
