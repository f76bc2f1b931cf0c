#pragma once

#include <optional>

#include "base/instant.hpp"

namespace shouyue {

// The moment for which something is derived. Every comparison of that moment with a limit goes through `reached`,
// which remembers the nearest limits on both sides: between them, the derived value cannot change by itself.
class Now {
 public:
  explicit Now(Instant at) : at_(at) {}
  Instant at() const { return at_; }
  bool reached(Instant limit) {
    if (limit <= at_) {
      if (!last_change_ || limit > *last_change_) last_change_ = limit;
      return true;
    }
    if (!next_change_ || limit < *next_change_) next_change_ = limit;
    return false;
  }
  bool reached(Date day) { return reached(Instant::start_of(day)); }
  // True from the first moment after that day.
  bool is_past(Date day) { return reached(day + 1); }
  // The first moment at which a value derived with this Now may differ; empty when time alone changes nothing.
  std::optional<Instant> next_change() const { return next_change_; }
  // The first moment from which on it has been the same; empty when time alone has changed nothing.
  std::optional<Instant> last_change() const { return last_change_; }

 private:
  Instant at_;
  std::optional<Instant> last_change_, next_change_;
};

}  // namespace shouyue
