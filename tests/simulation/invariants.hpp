#pragma once

#include <map>

#include "simulation/insurer_at_work.hpp"
#include "simulation/legal_slots.hpp"

// What must hold at every moment of every simulated insurer. Each throws `Broken`.
namespace simulation {

// The worklist at `now` holds exactly the open cases that the rules allow to be called in that minute, and nobody whose
// person has had all the calls of the day; what it says of the next slot is the first minute that the rules allow.
void check_worklist(Office& office, shouyue::Instant now, const std::vector<shouyue::app::WorklistRow>& listed,
                    const PlainCalendar& calendar);

// The ledgers add up to what the commission rows say, never pay more than the commission or the same one twice, and are
// only ever continued: `ledgers` remembers them from one check to the next.
using Ledgers = std::map<std::string, std::vector<shouyue::app::EntryRow>>;
void check_money(shouyue::app::Store& store, Ledgers& ledgers);

// The derived rows are those that the facts give, and the audit journal is whole.
void check_derived(Office& office, shouyue::Instant now);

}  // namespace simulation
