#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "app/kpi_figures.hpp"

namespace shouyue::app {

// The derived rows as columns, and what they are of.
struct KpiState {
  KpiFacts facts;
  Instant as_of;              // up to when the work was done
  std::int64_t known_to = 0;  // the newest fact in them
  Instant read_at;
};

// The columns of a server and its rule books with indicators, read once and shared by all requests. The columns are
// read again when a run has done work since; where they are many, at most once a minute, and what is there is given
// meanwhile. For several threads.
class KpiMemory {
 public:
  // Errors: those of load_kpi_facts.
  Result<std::shared_ptr<const KpiState>> state(Session& session);

  // Errors: those of load_kpi_book.
  Result<std::shared_ptr<const regime::Regime>> book(const Home& home, const std::string& id);
  // All rule books that state indicators, by id. Errors: those of load_rule_book.
  Result<std::vector<std::shared_ptr<const regime::Regime>>> books(const Home& home);

 private:
  std::mutex mutex_;    // of what is below
  std::mutex reading_;  // held while one request reads
  std::shared_ptr<const KpiState> state_;
  std::map<std::string, std::shared_ptr<const regime::Regime>> books_;
  bool has_all_books_ = false;
};

}  // namespace shouyue::app
