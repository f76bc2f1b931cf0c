#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "insurer/codes.hpp"
#include "regime/regime.hpp"
#include "worklist/cadence.hpp"
#include "worklist/ticket_track.hpp"

// What is derived about one policy's follow-up at one moment. Never edited: derived again from the facts.
namespace shouyue::followup {

// A ticket that follow-up asks for; the ticket module says what becomes of it.
struct Opening {
  insurer::TicketKind kind;
  Instant at;
  std::optional<std::size_t> attempt;    // index in PolicyFacts::attempts of the attempt that caused it
  std::optional<Date> previous_leg_end;  // when a leg that ended caused it
  const regime::Clause* clause;
  expr::Row row;  // what the condition that opened it saw
};

// One leg that the case came to, and why it ended: the record of each means.
struct Means {
  const regime::Leg* leg = nullptr;
  int attempts = 0;
  std::optional<std::size_t> last;         // index of its last attempt in PolicyFacts::attempts
  std::optional<Instant> ended_at;         // empty while it goes on or has not begun
  std::string_view ended_by;               // the words of the condition name `ended_by`
  const regime::Clause* clause = nullptr;  // that ended it; null for success and later_leg
};

// The leg on which attempts may be made now or later. Of a successful case it is the second visit of a ticket.
struct ActiveLeg {
  const regime::Leg* leg = nullptr;
  worklist::Cadence cadence;
  std::vector<Instant> history;  // starts of its attempts so far
};

struct Case {
  insurer::CaseStatus status = insurer::CaseStatus::not_due;
  std::optional<insurer::Leg> leg;  // the current or deciding one
  std::optional<Date> deadline;     // the last day on which success is in time
  std::optional<Date> cooling_off_end;
  insurer::ResultClass result_class = insurer::ResultClass::none;
  bool success = false;
  std::optional<Date> success_on;
  std::optional<Date> first_success_on;  // of the earliest successful attempt, whatever decided
  bool completed = false;
  std::optional<Date> completed_on;
  int attempts = 0;                          // on every leg
  std::optional<Instant> next_slot_from;     // the first legal moment of the next attempt, as history alone allows
  std::optional<std::size_t> deciding;       // index of the deciding attempt in PolicyFacts::attempts
  std::uint64_t failed_legs = 0;             // bits of insurer::Leg that ended without success
  std::optional<ActiveLeg> active;           // while attempts are to be taken from the worklist
  std::vector<Means> means;                  // in the order in which the case came to them
  std::vector<worklist::Visit> visits;       // the attempts as tickets see them, in order of time
  std::vector<Opening> openings;             // in order of time
  std::vector<const regime::Clause*> rules;  // what decided, in order of deciding, each once
};

}  // namespace shouyue::followup
