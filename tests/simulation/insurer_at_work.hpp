#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/export_rows.hpp"
#include "app/import_file.hpp"
#include "app/policy_deriver.hpp"
#include "app/run.hpp"
#include "app/worklist.hpp"
#include "simulation/life.hpp"

namespace simulation {

// An invariant that does not hold; its text begins with the invariant's name.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};
void require(bool holds, const std::string& what);

using OpenStore = std::function<shouyue::Result<std::unique_ptr<shouyue::app::Store>>()>;

// The product over one database: opens it, and does what it is told at a moment.
class Office {
 public:
  Office(OpenStore open_store, std::filesystem::path folder, shouyue::app::Home home)
      : open_store_(std::move(open_store)), folder_(std::move(folder)), home_(std::move(home)) {}

  shouyue::Result<void> open();
  void close();
  bool is_open() const { return store_ != nullptr; }
  shouyue::app::Store& store() { return *store_; }
  shouyue::app::Session session(shouyue::Instant now);
  // To look at single policies; loaded once, because books and reference data stay as they are.
  shouyue::app::PolicyDeriver& deriver();

  shouyue::Result<void> take_in(shouyue::Instant now, const File& file);
  shouyue::Result<shouyue::app::RunReport> run(shouyue::Instant now);

 private:
  OpenStore open_store_;
  std::filesystem::path folder_;
  shouyue::app::Home home_;
  std::unique_ptr<shouyue::app::Store> store_;
  std::unique_ptr<shouyue::app::Session> asked_;  // of the deriver
  std::optional<shouyue::app::PolicyDeriver> deriver_;
};

// Every fact of the store as text, by position.
std::vector<std::string> facts_of(shouyue::app::Store& store);
// All exports, one after the other.
std::string exports_of(Office& office, shouyue::Instant now);

}  // namespace simulation
