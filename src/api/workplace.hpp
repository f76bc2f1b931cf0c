#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "app/shared_rules.hpp"

namespace shouyue::api {

// Where a request is worked on: a connection to the database, and the rules that all share. One request at a time.
class Workplace {
 public:
  Workplace(std::unique_ptr<app::Store> store, app::SharedRules& rules, app::Home home, std::filesystem::path profile)
      : store_(std::move(store)), rules_(rules), session_{*store_, {}, {}, std::move(home), std::move(profile)} {}

  // For one request: the moment, and rules as they are now. Errors: those of SharedRules.
  Result<void> prepare(Instant now);
  app::Session& session() { return session_; }
  app::PolicyDeriver& deriver() { return *deriver_; }

 private:
  std::unique_ptr<app::Store> store_;
  app::SharedRules& rules_;
  app::Session session_;
  std::optional<app::PolicyDeriver> deriver_;
};

// The workplaces of a server; more are opened when all are taken.
class Workplaces {
 public:
  using Open = std::function<Result<std::unique_ptr<app::Store>>()>;
  Workplaces(Open open, app::SharedRules& rules, app::Home home, std::filesystem::path profile)
      : open_(std::move(open)), rules_(rules), home_(std::move(home)), profile_(std::move(profile)) {}

  Result<std::unique_ptr<Workplace>> take();
  void give_back(std::unique_ptr<Workplace> workplace);

 private:
  Open open_;
  app::SharedRules& rules_;
  app::Home home_;
  std::filesystem::path profile_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Workplace>> free_;
};

}  // namespace shouyue::api
