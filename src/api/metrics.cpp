#include "api/metrics.hpp"

#include <fstream>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

namespace shouyue::api {
namespace {

prometheus::Labels labels_of(const Route* route) {
  if (!route) return {{"route", "-"}};
  return {{"route", std::string(route->path)}, {"method", std::string(route->method)}};
}

double seconds(std::chrono::microseconds duration) { return std::chrono::duration<double>(duration).count(); }

// Pages of memory that the process has, by /proc/self/statm.
double memory_bytes() {
  std::ifstream statm("/proc/self/statm");
  double all = 0, resident = 0;
  statm >> all >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

Metrics::Metrics()
    : registry_(std::make_unique<prometheus::Registry>()),
      runs_failed_(&prometheus::BuildCounter()
                        .Name("shouyue_runs_failed_total")
                        .Help("background runs that were refused")
                        .Register(*registry_)
                        .Add({})),
      run_seconds_(&prometheus::BuildGauge()
                        .Name("shouyue_run_seconds")
                        .Help("how long the last background run took")
                        .Register(*registry_)
                        .Add({})),
      run_ended_at_(&prometheus::BuildGauge()
                         .Name("shouyue_run_ended_at_seconds")
                         .Help("business time up to which the last background run did all work")
                         .Register(*registry_)
                         .Add({})),
      memory_(&prometheus::BuildGauge()
                   .Name("process_resident_memory_bytes")
                   .Help("memory of the process")
                   .Register(*registry_)
                   .Add({})) {}

Metrics::~Metrics() = default;

prometheus::Counter& Metrics::count_of(const Route* route, int status) {
  prometheus::Counter*& counter = requests_[{route, status}];
  if (counter) return *counter;
  auto& family = prometheus::BuildCounter()
                     .Name("shouyue_requests_total")
                     .Help("requests answered, by route and status")
                     .Register(*registry_);
  auto labels = labels_of(route);
  labels.emplace("status", std::to_string(status));
  counter = &family.Add(labels);
  return *counter;
}

void Metrics::answered(const Route* route, int status, std::chrono::microseconds duration) {
  const std::lock_guard lock(mutex_);
  count_of(route, status).Increment();
  prometheus::Histogram*& histogram = durations_[route];
  if (!histogram) {
    auto& family = prometheus::BuildHistogram()
                       .Name("shouyue_request_seconds")
                       .Help("from the head of a request to the end of its answer")
                       .Register(*registry_);
    const prometheus::Histogram::BucketBoundaries limits{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
    histogram = &family.Add(labels_of(route), limits);
  }
  histogram->Observe(seconds(duration));
}

void Metrics::run_ended(bool is_done, std::chrono::milliseconds duration, Instant at) {
  if (!is_done) return runs_failed_->Increment();
  run_seconds_->Set(seconds(duration));
  run_ended_at_->Set(static_cast<double>(at.milliseconds()) / 1000);
}

std::string Metrics::text() {
  memory_->Set(memory_bytes());
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace shouyue::api
