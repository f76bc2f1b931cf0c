#pragma once

#include <optional>

#include "base/instant.hpp"

namespace shouyue {

// The moment for which something is derived. Every comparison of that moment with a limit goes through `reached`,
// which remembers the nearest limit not yet reached: until then, the derived value cannot change by itself.
class Now {
 public:
  explicit Now(Instant at) : at_(at) {}
  Instant at() const { return at_; }
  bool reached(Instant limit) {
    if (limit <= at_) return true;
    if (!next_change_ || limit < *next_change_) next_change_ = limit;
    return false;
  }
  bool reached(Date day) { return reached(Instant::start_of(day)); }
  // True from the first moment after that day.
  bool is_past(Date day) { return reached(day + 1); }
  // The first moment at which a value derived with this Now may differ; empty when time alone changes nothing.
  std::optional<Instant> next_change() const { return next_change_; }

 private:
  Instant at_;
  std::optional<Instant> next_change_;
};

}  // namespace shouyue
