// Simulated insurers, one a seed: random rules, facts and faults under a virtual clock, and what must hold of them.
//   simulation [--seed N] [--count N] [--random N] [--plant MISTAKE]
// Prints the seed and the broken invariant of each failure. `--random` adds seeds taken from the machine, printed
// first.
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>

#include <unistd.h>

#include "simulation/postgres_server.hpp"
#include "simulation/rule_book.hpp"
#include "simulation/simulation.hpp"

using namespace simulation;

namespace {

constexpr const char* plants[] = {"none",           "forgotten_sync", "late_call",   "lost_fact",
                                  "lost_on_server", "missed_cut_off", "paid_twice",  "paid_to_another",
                                  "edited_ledger",  "edited_case",    "edited_audit"};

int play_one(std::uint64_t seed, const Settings& settings, Tally& tally) {
  try {
    play(seed, settings, tally);
    return 0;
  } catch (const std::exception& broken) {
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), broken.what());
    std::fflush(stdout);
    return 1;
  }
}

std::filesystem::path folder_of_this_run() {
  const std::filesystem::path memory = "/dev/shm";
  const auto base = std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  return base / ("shouyue-simulation-" + std::to_string(getpid()));
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t seed = 1, seeds = 1, random_seeds = 0;
  const auto folder = folder_of_this_run();
  std::filesystem::create_directories(folder);
  std::optional<PostgresServer> server(std::in_place,
                                       std::string(SHOUYUE_SOURCE_DIR) + "/tests/store/postgres_cluster.py", folder);
  Settings settings{.home = {.shipped = SHOUYUE_SOURCE_DIR}, .folder = folder, .books = {}, .server = *server};
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = arguments[i], value = arguments[i + 1];
    if (name == "--seed") seed = std::stoull(value);
    if (name == "--count") seeds = std::stoull(value);
    if (name == "--random") random_seeds = std::stoull(value);
    for (std::size_t plant = 0; name == "--plant" && plant < std::size(plants); ++plant)
      if (value == plants[plant]) settings.plant = static_cast<Plant>(plant);
  }
  settings.books = follow_up_books(settings.home);
  Tally tally;
  int failed = 0;
  for (std::uint64_t i = 0; i < seeds; ++i) failed += play_one(seed + i, settings, tally);
  std::random_device machine;
  for (std::uint64_t i = 0; i < random_seeds; ++i) {
    const std::uint64_t chosen = machine();
    std::printf("random seed %llu\n", static_cast<unsigned long long>(chosen));
    failed += play_one(chosen, settings, tally);
  }
  for (const auto& [what, times] : tally) std::printf("%s: %lld\n", what.c_str(), static_cast<long long>(times));
  std::printf("%d failed\n", failed);
  server.reset();
  std::filesystem::remove_all(folder);
  return failed == 0 ? 0 : 1;
}
