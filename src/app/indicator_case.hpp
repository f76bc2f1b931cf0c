#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

#include "calendar/working_calendar.hpp"
#include "regime/regime.hpp"

namespace shouyue::app {

// Runs one [[indicator]] of a case file: so many policies or tickets with these facts, and the figure expected of them
// or the last day on which it may change. Gives what differs; empty: as expected.
std::vector<std::string> run_indicator_case(const toml::table& table, const regime::Regime& book,
                                            const calendar::WorkingCalendar& calendar);

}  // namespace shouyue::app
