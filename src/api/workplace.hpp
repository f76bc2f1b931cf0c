#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "app/policy_deriver.hpp"

namespace shouyue::api {

// Where a request is worked on: a connection to the database with the rules in memory. One request at a time.
class Workplace {
 public:
  Workplace(std::unique_ptr<app::Store> store, app::Home home, std::filesystem::path profile)
      : store_(std::move(store)), session_{*store_, {}, {}, std::move(home), std::move(profile)} {}

  // For one request: the moment, and rules as they are now. Errors: those of PolicyDeriver::load.
  Result<void> prepare(Instant now);
  app::Session& session() { return session_; }
  app::PolicyDeriver& deriver() { return *deriver_; }

 private:
  std::unique_ptr<app::Store> store_;
  app::Session session_;
  std::optional<app::PolicyDeriver> deriver_;
  std::int64_t references_ = -1;  // newest position that the rules in memory know
  std::size_t settlements_ = 0;
};

// The workplaces of a server; more are opened when all are taken.
class Workplaces {
 public:
  using Open = std::function<Result<std::unique_ptr<app::Store>>()>;
  Workplaces(Open open, app::Home home, std::filesystem::path profile)
      : open_(std::move(open)), home_(std::move(home)), profile_(std::move(profile)) {}

  Result<std::unique_ptr<Workplace>> take();
  void give_back(std::unique_ptr<Workplace> workplace);

 private:
  Open open_;
  app::Home home_;
  std::filesystem::path profile_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Workplace>> free_;
};

}  // namespace shouyue::api
