#pragma once

#include "app/callable_case.hpp"

namespace shouyue::app {

// The cases that may be worked at `session.now`: promises first, by their hour, then the nearest deadline, then the
// nearest end of the leg, then by number. Changes nothing; what has come due since the last run is derived on the way.
// Errors: worklist.unknown_seat, those of PolicyDeriver.
Result<std::vector<WorklistRow>> worklist(Session& session, const WorklistRequest& request);

// One layer that keeps a case from being worked now.
struct Hindrance {
  std::string
      layer;  // state, start, interval, per_day_max, days_max, attempts_max, window, until, person_per_day_max, claim
  std::optional<Instant> next;             // the first moment that this layer allows
  const regime::Clause* clause = nullptr;  // null: the customer's wish, or a claim
  std::string detail;
};

struct Why {
  std::shared_ptr<PolicyDeriver> deriver;  // holds the clauses
  std::string policy_no;
  bool on_worklist = false;
  insurer::CaseStatus state = insurer::CaseStatus::not_due;
  std::optional<insurer::Leg> leg;
  std::optional<Instant> next_slot;  // the first moment at which every layer allows an attempt
  int slots_left = 0;
  std::vector<Hindrance> hindrances;
  std::vector<const regime::Clause*> rules;  // what decided the state
};

// Why the case is or is not on the worklist at `session.now`. Errors: policy.not_found, those of PolicyDeriver.
Result<Why> why(Session& session, const std::string& policy_no);
Result<Why> why(Session& session, const PolicyDeriver& deriver, const std::string& policy_no);

}  // namespace shouyue::app
