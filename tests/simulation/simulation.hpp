#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/home.hpp"

namespace simulation {

class PostgresServer;

// What a mistake of the product would look like, to see that the check for it fails.
enum class Plant {
  none,
  forgotten_sync,   // the disk says that it wrote and did not
  late_call,        // the worklist of the day is still shown at night
  lost_fact,        // one file is not taken in
  lost_on_server,   // one file is not taken in by the other database
  missed_cut_off,   // a settlement is run too late
  paid_twice,       // the lines of a ledger stand there twice
  paid_to_another,  // the newest line of a ledger is another agent's
  edited_ledger,    // a line of a ledger is changed
  edited_case,      // a derived row is changed
  edited_audit,     // an entry of the audit journal is changed
};

struct Settings {
  shouyue::app::Home home;         // the shipped rule books; `own` is made
  std::filesystem::path folder;    // for the files of one insurer at a time
  std::vector<std::string> books;  // of which one is changed and followed
  PostgresServer& server;          // the other database, for one seed in twenty
  Plant plant = Plant::none;
};

// What was tried, to see that a campaign tries everything.
using Tally = std::map<std::string, std::int64_t>;

// Plays the insurer of this seed and checks everything; throws `Broken` with the invariant that does not hold.
void play(std::uint64_t seed, const Settings& settings, Tally& tally);

}  // namespace simulation
