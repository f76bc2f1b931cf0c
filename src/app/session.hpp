#pragma once

#include <filesystem>
#include <string>

#include "app/home.hpp"
#include "app/store.hpp"

namespace shouyue::app {

// What every use case works with: where the data is, at which moment, and who asks.
struct Session {
  Store& store;
  Instant now;      // business time
  std::string who;  // for the audit journal
  Home home;
  std::filesystem::path profile_path;  // insurer.toml
};

// Names of the store's named values.
namespace meta {
inline const std::string run_now = "run_now";        // milliseconds: the latest moment all work is done up to
inline const std::string run_fence = "run_fence";    // see RunFence
inline const std::string derived_to = "derived_to";  // all facts up to this position are derived
inline const std::string first_issued_on = "first_issued_on";
inline const std::string rules_version = "rules_version";  // PolicyDeriver::rules_version of the derived rows
}  // namespace meta

// A named value that is a number; 0 while it is not set.
Result<std::int64_t> number_of(Store& store, const std::string& name);

}  // namespace shouyue::app
