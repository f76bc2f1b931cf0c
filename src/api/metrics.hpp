#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "api/route.hpp"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
class Registry;
}  // namespace prometheus

namespace shouyue::api {

// What is measured of a running server, for Prometheus. Names no person and no policy.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // `route` is null for an address that is none.
  void answered(const Route* route, int status, std::chrono::microseconds duration);
  void run_ended(bool is_done, std::chrono::milliseconds duration, Instant at);
  // In the text format of Prometheus.
  std::string text();

 private:
  prometheus::Counter& count_of(const Route* route, int status);

  std::unique_ptr<prometheus::Registry> registry_;
  std::mutex mutex_;  // of the two maps
  std::map<std::pair<const Route*, int>, prometheus::Counter*> requests_;
  std::map<const Route*, prometheus::Histogram*> durations_;
  prometheus::Counter* runs_failed_;
  prometheus::Gauge* run_seconds_;
  prometheus::Gauge* run_ended_at_;
  prometheus::Gauge* memory_;
};

}  // namespace shouyue::api
