#pragma once

#include <vector>

#include "app/policy_deriver.hpp"

namespace shouyue::app {

struct Slot {
  Instant at;
  bool is_legal = false;
  std::string layer;                       // of worklist::Rejection, or person_per_day_max; empty when it is legal
  const regime::Clause* clause = nullptr;  // that rejects it; null when none does
};

struct LegalSlots {
  insurer::Leg leg = insurer::Leg::first_call;
  std::optional<Date> deadline;
  std::vector<Slot> slots;  // every half hour from 08:00 to 21:30, by time
};

// The moments at which this policyholder may be called again, when the call of `made_at` ends without success: those of
// that day, after it, and of `days` - 1 more. The clauses belong to `deriver`.
// Errors: slots.no_leg (no more calls are to be made), policy.not_found, those of derive_policy and next_legal.
Result<LegalSlots> legal_slots(Session& session, PolicyDeriver& deriver, const std::string& policy_no, Instant made_at,
                               int days);

// Whether the policyholder may be promised a call at `at`, whole half hours or not. Errors: slots.not_legal, those of
// legal_slots.
Result<void> require_legal_slot(Session& session, PolicyDeriver& deriver, const std::string& policy_no, Instant made_at,
                                Instant at);

}  // namespace shouyue::app
