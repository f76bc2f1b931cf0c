#pragma once

#include "app/accounts.hpp"
#include "app/switchboard.hpp"

namespace shouyue::app {

// What waits in one leg.
struct QueueLine {
  insurer::Leg leg = insurer::Leg::first_call;
  std::int64_t callable = 0;                // may be called at this moment
  std::int64_t waiting = 0;                 // later, or with a seat
  std::int64_t overdue = 0, due_today = 0;  // of both
};

enum class SeatState : std::uint8_t { calling, free, away };
std::string_view code_of(SeatState state);

// A seat: what it has on its desk, and what it did today.
struct SeatLine {
  std::string account, display_name, seat, org_code;
  SeatState state = SeatState::away;  // away: nobody is signed in
  std::string policy_no;              // of the case it has had longest; empty: none
  std::optional<Instant> since, lease_until;
  int cases = 0;  // on its desk
  int calls = 0, reached = 0;
};

struct Wallboard {
  Instant at;
  std::vector<QueueLine> queue;  // in the order of the legs
  std::vector<SeatLine> seats;   // by name
  CallsOfDay::Tally calls;       // of today
  int successes = 0;
};

// What a supervisor sees of the cases and the seats of the own organisation, as it is now. Errors: those of the store.
Result<Wallboard> wallboard(Session& session, const PolicyDeriver& deriver, Switchboard& switchboard,
                            const access::Account& supervisor);

// The cases that may be called now, best first, at most `limit`; who is on the phone is left out.
// Errors: those of the store.
Result<std::vector<WorklistRow>> next_up(Session& session, PolicyDeriver& deriver, Switchboard& switchboard,
                                         const WorklistRequest& request);

}  // namespace shouyue::app
