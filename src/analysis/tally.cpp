#include "analysis/tally.hpp"

#include <numeric>

namespace shouyue::analysis {

Standing standing_of(const regime::Analysis& analysis, const expr::Row& row) {
  Standing standing;
  for (const regime::AnalysisCount& count : analysis.counts) standing.counts.push_back(count.when.holds(row));
  for (const regime::AnalysisBreakdown& breakdown : analysis.breakdowns) {
    auto& part = standing.part.emplace_back();
    for (std::size_t i = 0; standing.counts[breakdown.base] && !part && i < breakdown.parts.size(); ++i)
      if (breakdown.parts[i].when.holds(row)) part = i;
  }
  return standing;
}

std::optional<Date> cohort_of(const regime::Analysis& analysis, const expr::Row& row) {
  const expr::Value& day = row[analysis.cohort];
  if (day.missing) return std::nullopt;
  return Date::from_days(static_cast<std::int32_t>(day.amount));
}

Tally::Tally(const regime::Analysis& analysis) : analysis_(&analysis), counts_(analysis.counts.size()) {
  for (const regime::AnalysisBreakdown& breakdown : analysis.breakdowns) parts_.emplace_back(breakdown.parts.size());
}

void Tally::add(const Standing& standing) {
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += standing.counts[i];
  for (std::size_t i = 0; i < parts_.size(); ++i)
    if (standing.part[i]) ++parts_[i][*standing.part[i]];
}

std::int64_t Tally::base(std::size_t breakdown) const { return counts_[analysis_->breakdowns[breakdown].base]; }

std::int64_t Tally::group(std::size_t breakdown, std::size_t group) const {
  std::int64_t sum = 0;
  const auto& parts = analysis_->breakdowns[breakdown].parts;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].group == group) sum += parts_[breakdown][i];
  return sum;
}

std::int64_t Tally::total(std::size_t breakdown, std::size_t total) const {
  std::int64_t sum = 0;
  for (const std::size_t part : analysis_->breakdowns[breakdown].totals[total].parts) sum += parts_[breakdown][part];
  return sum;
}

std::int64_t Tally::sum(std::size_t breakdown) const {
  return std::accumulate(parts_[breakdown].begin(), parts_[breakdown].end(), std::int64_t{0});
}

}  // namespace shouyue::analysis
