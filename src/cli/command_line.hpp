#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "app/store.hpp"

namespace shouyue::cli {

// What the surroundings of the program give; everything that is not an argument.
struct Environment {
  std::string database;         // of SHOUYUE_DB, else sqlite:shouyue.db
  std::string key;              // of SHOUYUE_KEY, else empty
  std::filesystem::path home;   // holds regimes/ and data/
  std::filesystem::path pages;  // the built pages; empty: none were found
  std::string who;              // the user
  std::function<Instant()> clock;
  std::function<Result<std::unique_ptr<app::Store>>(const std::string& url, app::Access)> open_store;
  // Errors: those of store::copy.
  std::function<Result<std::vector<app::CopiedTable>>(const std::string& from, const std::string& to)> copy;
};

// Runs one command; gives the exit status: 0 done, 1 refused, 2 wrong usage, 3 something was rejected, 4 environment.
int run_command_line(int argc, const char* const* argv, const Environment& environment);

}  // namespace shouyue::cli
