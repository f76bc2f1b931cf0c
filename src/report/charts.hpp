#pragma once

#include <string>
#include <vector>

#include "report/month_report.hpp"

// Charts as inline SVG. Whole coordinates, labelled axes, colours that people with any kind of colour vision tell
// apart (Okabe and Ito), and the figures beside the shapes.
namespace shouyue::report {

// Success rate of each office, best first, on a scale from 0 to 100 %.
std::string office_bars(const std::vector<OfficeLine>& offices);
// Attempts and completed interviews of each day; days off are shaded.
std::string day_lines(const std::vector<DayLine>& days);
// Reasons by frequency with the cumulated share.
std::string reason_bars(const Breakdown& reasons);
// What became of the tickets of each kind, to 100 %.
std::string ticket_bars(const std::vector<TicketLine>& tickets);
// Amounts of each part, on one scale.
std::string money_bars(const MoneyBreakdown& money);

}  // namespace shouyue::report
