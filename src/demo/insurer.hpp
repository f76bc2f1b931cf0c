#pragma once

#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "calendar/working_calendar.hpp"
#include "demo/call.hpp"
#include "demo/files.hpp"
#include "demo/ticket_work.hpp"

namespace shouyue::demo {

struct Settings {
  int policies = 3000;
  int days = 56;
  Date first_day = *Date::from_civil(2021, 9, 6);
  std::uint64_t seed = 1;
};

// One stretch of a day in which calls are made.
struct Shift {
  Instant from;
  Instant until;   // exclusive
  int call_share;  // thousandths of the cases offered at `from` that are called in this shift
};

// An invented insurer that issues policies, delivers contracts, calls customers and works on tickets for some days.
// It writes the files that an insurer's own systems would send, so that everything passes the ordinary import. It
// decides nothing that rule books decide: whom to call and which tickets exist, the engine says.
class Insurer {
 public:
  // Errors: demo.settings, demo.data, calendar.not_covered.
  static Result<Insurer> make(const Settings& settings, const DataTexts& texts,
                              const calendar::WorkingCalendar& calendar);

  // Before the first day: organisations, agents, products, and policies of months ago whose receipt is still out.
  std::vector<DemoFile> opening_files() const;
  // What the day brought: policies issued, receipts, changes, corrections. Empty outside the days of the settings.
  std::vector<DemoFile> files_of(Date day) const;
  // The shifts of a day, first to last; shorter lists are called on days off.
  Result<std::vector<Shift>> shifts_of(Date day) const;
  // Calls made in a shift to the cases that the engine offers at its beginning; unknown policies are passed over.
  // Remembers what a later hearing of the recordings will change, hence not const.
  std::vector<DemoFile> calls_of(const Shift& shift, std::span<const WorkItem> offered);
  // Attempts that become known in another form on that day.
  std::vector<DemoFile> corrected_calls_of(Date day) const;
  // Steps taken on that day for these tickets. Remembers the phone numbers that somebody found. Errors: those of the
  // calendar.
  Result<std::vector<DemoFile>> ticket_steps_of(Date day, std::span<const OpenTicket> open);

  Life life_of(int index) const;
  int policies() const;  // with the backlog
  const Settings& settings() const { return settings_; }

 private:
  struct World;
  struct Correction {
    Date known_on;
    insurer::AttemptRow row;
  };
  Insurer(const Settings& settings, std::shared_ptr<const World> world)
      : settings_(settings), world_(std::move(world)) {}

  insurer::Attempt answered_link(const Life& life) const;
  std::string number_to_dial(const Life& life, Date day) const;

  Settings settings_;
  std::shared_ptr<const World> world_;
  std::vector<Correction> corrections_;
  std::set<int> numbers_found_;  // policy indices
};

}  // namespace shouyue::demo
