#pragma once

#include <cstdint>
#include <string>

namespace shouyue::report {

// A part of a whole, counted both.
struct Share {
  std::int64_t part = 0, whole = 0;
  bool has_data() const { return whole != 0; }
  // In hundredths of a percent, rounded half up (away from zero), from the exact fraction. Needs data.
  std::int64_t basis_points() const;
  // `63.55%`; `–` without data.
  std::string text() const;
};

}  // namespace shouyue::report
