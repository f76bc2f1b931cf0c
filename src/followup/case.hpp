#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "insurer/codes.hpp"
#include "regime/regime.hpp"

// What is derived about one policy's follow-up at one moment. Never edited: derived again from the facts.
namespace shouyue::followup {

struct Case {
  insurer::CaseStatus status = insurer::CaseStatus::not_due;
  std::optional<insurer::Leg> leg;           // the current or deciding one
  std::optional<Date> deadline;              // the last day on which success is in time
  std::optional<Date> cooling_off_end;
  insurer::ResultClass result_class = insurer::ResultClass::none;
  bool success = false;
  std::optional<Date> success_on;
  std::optional<Date> first_success_on;      // of the earliest successful attempt, whatever decided
  bool completed = false;
  std::optional<Date> completed_on;
  int attempts = 0;                          // on every leg
  std::optional<Instant> next_slot_from;     // the first legal moment of the next attempt, as history alone allows
  std::optional<Instant> leg_until;          // exclusive end of the current leg, when it has one
  std::optional<int> deciding;               // index of the deciding attempt in PolicyFacts::attempts
  std::uint64_t failed_legs = 0;             // bits of insurer::Leg that ended without success
  std::vector<const regime::Clause*> rules;  // what decided, in order of deciding, each once
};

}  // namespace shouyue::followup
