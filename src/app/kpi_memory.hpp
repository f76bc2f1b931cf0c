#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "app/followed_facts.hpp"

namespace shouyue::app {

// The columns as they stand; while it lives nobody changes them.
struct KpiReading {
  std::shared_lock<std::shared_mutex> lock;
  const KpiFacts* facts = nullptr;
  Instant as_of;  // up to when the work was done
};

// The columns of a server and its rule books with indicators, read once and shared by all requests. What has changed
// since the last request, or with the day, is taken over policy by policy; when organisations move or very much has
// changed, all is read again. For several threads.
class KpiMemory {
 public:
  // Errors: kpi.not_read, those of load_kpi_facts.
  Result<KpiReading> read(Session& session, const PolicyDeriver& deriver);

  // Errors: those of load_kpi_book.
  Result<std::shared_ptr<const regime::Regime>> book(const Home& home, const std::string& id);
  // All rule books that state indicators, by id. Errors: those of load_rule_book.
  Result<std::vector<std::shared_ptr<const regime::Regime>>> books(const Home& home);

 private:
  // What the columns have been brought to.
  struct Position {
    std::int64_t change = 0, references = 0;
    Instant as_of;
    bool operator==(const Position&) const = default;
  };
  static Result<Position> position_of(Store& store);
  Result<void> bring_to(Session& session, const PolicyDeriver& deriver, const Position& newest);
  Result<bool> follow(Session& session, const PolicyDeriver& deriver, const Position& newest);

  std::mutex following_;  // one brings the columns up to date
  std::shared_mutex columns_;
  std::optional<FollowedFacts> facts_;
  Position position_;
  std::mutex of_books_;
  std::map<std::string, std::shared_ptr<const regime::Regime>> books_;
  bool has_all_books_ = false;
};

}  // namespace shouyue::app
