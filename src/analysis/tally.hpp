#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "regime/regime.hpp"

namespace shouyue::analysis {

// Where one case stands in an analysis.
struct Standing {
  std::vector<bool> counts;                      // for each count, whether it holds the case
  std::vector<std::optional<std::size_t>> part;  // for each breakdown; empty: in none, or not in its base
};

// `row` in the order of regime::analysis_schema.
Standing standing_of(const regime::Analysis& analysis, const expr::Row& row);

// The day that decides the period of a case; empty when it is not known.
std::optional<Date> cohort_of(const regime::Analysis& analysis, const expr::Row& row);

// How many of some cases stand where.
class Tally {
 public:
  explicit Tally(const regime::Analysis& analysis);
  void add(const Standing& standing);

  std::int64_t count(std::size_t index) const { return counts_[index]; }
  std::int64_t base(std::size_t breakdown) const;
  std::int64_t part(std::size_t breakdown, std::size_t part) const { return parts_[breakdown][part]; }
  std::int64_t group(std::size_t breakdown, std::size_t group) const;
  std::int64_t total(std::size_t breakdown, std::size_t total) const;
  // Of all parts; base less sum is the difference.
  std::int64_t sum(std::size_t breakdown) const;

 private:
  const regime::Analysis* analysis_;
  std::vector<std::int64_t> counts_;
  std::vector<std::vector<std::int64_t>> parts_;
};

}  // namespace shouyue::analysis
