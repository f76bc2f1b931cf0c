#pragma once

#include "app/policy_deriver.hpp"

namespace shouyue::app {

struct WorklistRequest {
  std::optional<insurer::Leg> leg;
  std::string seat;  // a seat of the profile: its legs and languages only, no leg that the holder answers alone, and
                     // not what another seat has claimed
  int limit = 50;
  std::string org = {};  // policies of this organisation or one below it; empty: all
};

// The number to call: the newest that the work on tickets found, else that of the newest change, else the first of the
// policy that can be dialled; empty when there is none.
std::optional<std::string> phone_in_use(const insurer::PolicyFacts& facts);

// The leg of its word, as a request names it. Errors: worklist.unknown_leg.
Result<insurer::Leg> leg_named(std::string_view word);

struct WorklistRow {
  int position = 0;  // from 1
  std::string policy_no;
  insurer::Leg leg = insurer::Leg::first_call;
  std::string phone_masked;
  std::optional<Date> deadline;
  int slots_left = 0;  // attempts that the cadence still allows, this one included, at most 99
  std::string language;
  std::string reason;  // second_visit; or promised, timed_out, last_slot, and one of due_today, due_in_<n>_days,
                       // overdue, no_deadline, joined by ;
};

constexpr int slots_counted_max = 99;

// The seat of the profile; null where the profile restricts nobody, or `id` is empty.
// Errors: worklist.unknown_seat.
Result<const Seat*> find_seat(const Profile& profile, const std::string& id);

// Whether the request, and its seat if it has one, wants cases of this leg in this language.
bool fits_seat(const WorklistRequest& request, const Seat* seat, insurer::Leg leg, const std::string& language);

// The case as a seat sees it, without a position, whether or not it may be called now; empty when nobody need call any
// more. Errors: those of slots_left.
Result<std::optional<WorklistRow>> row_of_active(const LoadedPolicy& policy, const PolicyState& state, Instant now);

// What the case says to whoever asks for work.
struct Callable {
  std::optional<WorklistRow> row;  // without its position; empty: the request does not want it, or not now
  std::optional<Instant> next;     // the first legal moment from now on; empty: none is to come
};

// The case as a call at `now` would find it, by its facts; who has claimed it and the person's calls of the day are the
// caller's business. `seat` may be null. Errors: calendar.not_covered and the like of a derivation that is refused.
Result<Callable> look_at(const LoadedPolicy& policy, const PolicyState& state, const WorklistRequest& request,
                         const Seat* seat, Instant now);

}  // namespace shouyue::app
