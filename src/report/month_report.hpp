#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/document.hpp"

namespace shouyue::report {

// A part of a whole, or the whole by itself.
struct Part {
  Text label;
  std::int64_t count = 0;
};

// Parts of a whole that was counted by itself: where they do not add up, the report shows the difference.
struct Breakdown {
  std::vector<Part> parts;
  std::int64_t whole = 0;
};

// The parts from the most to the least, with the share that they reach together, closed by add_balance.
Table pareto_table(const Breakdown& breakdown, const Text& label, const Text& base_label);

struct MoneyPart {
  Text label;
  std::int64_t policies = 0;
  Money amount;
};

struct MoneyBreakdown {
  std::vector<MoneyPart> parts;
  std::int64_t policies = 0;
  Money whole;
};

// One indicator of one organisation.
struct ScoreLine {
  Text regime;
  Text indicator;
  std::string organisation;
  std::int64_t numerator = 0, denominator = 0, excluded = 0;
  Value score, full_score;  // with the decimals of the rule
};

struct OfficeLine {
  std::string name;
  std::int64_t succeeded = 0, due = 0, excluded = 0;
};

struct DayLine {
  Date day;
  bool is_day_off = false;
  std::int64_t attempts = 0;
  std::int64_t completed = 0;  // interviews carried to the end
};

// Tickets of one kind: what became of each of them.
struct TicketLine {
  Text kind;
  std::int64_t closed_in_time = 0, closed_late = 0, open_normal = 0, open_warning = 0, open_overdue = 0;
  std::int64_t whole = 0;  // tickets of the kind
};

// What the month report says: figures only, made by whoever asks for the report.
struct MonthReport {
  Text insurer;
  std::string period;         // 2021-10
  Date from, upto;            // both inclusive
  Instant as_of;              // facts later than this are not in it
  std::vector<Text> regimes;  // the rule books that decided
  Breakdown states;           // policies issued in the period, by the state of the follow-up
  std::vector<OfficeLine> offices;
  Text success_rule;  // what counts as success, due and excluded in `offices`
  std::vector<DayLine> days;
  Breakdown reasons;                // of calls of the period without success, by connection
  std::vector<TicketLine> tickets;  // opened in the period
  struct Commission {
    MoneyBreakdown by_status;         // policies issued in the period
    MoneyBreakdown unpaid_by_reason;  // a policy may have several
  };
  std::optional<Commission> commission;  // left out for those who may not see it
  std::vector<ScoreLine> scorecard;
  std::vector<Text> score_notes;  // which books' figures may still change, until when; which were closed
};

Document month_document(const MonthReport& report);

}  // namespace shouyue::report
