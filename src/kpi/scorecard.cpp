#include "kpi/scorecard.hpp"

#include <numeric>

namespace shouyue::kpi {

std::int64_t Tally::excluded() const {
  return std::accumulate(excluded_by.begin(), excluded_by.end(), std::int64_t{0});
}

Dimensions Dimensions::of(const Request& request, const OrganisationTree& tree) {
  return {.months = request.by_month ? request.period.months().size() : 1,
          .organisations = request.by_organisation ? tree.size() : 1,
          .channels = request.by_channel ? insurer::words<insurer::Channel>().size() : 1,
          .product_types = request.by_product_type ? insurer::words<insurer::ProductType>().size() : 1};
}

Tally Scorecard::tally(std::size_t indicator, const Place& place) const {
  const std::size_t width = widths_[indicator];
  if (width == 0) return {};
  const std::int64_t* counts = &counts_[indicator][dimensions_.index(place) * width];
  return {.numerator = counts[0], .denominator = counts[0] + counts[1], .excluded_by = {counts + 2, counts + width}};
}

std::vector<Line> Scorecard::lines(std::optional<insurer::Level> level) const {
  std::vector<Line> result;
  const Dimensions& d = dimensions_;
  for (std::size_t indicator = 0; indicator < counts_.size(); ++indicator)
    for (std::size_t index = 0; index < d.months * d.places() && widths_[indicator] > 0; ++index) {
      const Place place{.month = index / d.places(),
                        .organisation = index / (d.channels * d.product_types) % d.organisations,
                        .channel = index / d.product_types % d.channels,
                        .product_type = index % d.product_types};
      if (level && request_.by_organisation && levels_[place.organisation] != *level) continue;
      Line line{.indicator = indicator,
                .period = periods_[place.month],
                .organisation = {},
                .channel = {},
                .product_type = {},
                .tally = tally(indicator, place)};
      if (line.tally.population() == 0) continue;
      if (request_.by_organisation) line.organisation = static_cast<std::uint32_t>(place.organisation);
      if (request_.by_channel) line.channel = static_cast<insurer::Channel>(place.channel);
      if (request_.by_product_type) line.product_type = static_cast<insurer::ProductType>(place.product_type);
      result.push_back(std::move(line));
    }
  return result;
}

ScorecardBuilder::ScorecardBuilder(const Request& request, const OrganisationTree& tree, std::size_t indicators)
    : tree_(&tree) {
  card_.request_ = request;
  card_.dimensions_ = Dimensions::of(request, tree);
  card_.periods_ = request.by_month ? request.period.months() : std::vector{request.period};
  for (std::size_t i = 0; i < tree.size(); ++i) card_.levels_.push_back(tree.at(i).level);
  card_.counts_.resize(indicators);
  card_.widths_.resize(indicators, 0);
}

void ScorecardBuilder::set(std::size_t indicator, std::size_t width, std::vector<std::int64_t> counts) {
  const Dimensions& d = card_.dimensions_;
  ensure(counts.size() == d.months * d.places() * width, "a scorecard with other dimensions");
  const std::size_t row = d.channels * d.product_types * width;  // the counts of one organisation
  if (card_.request_.by_organisation)
    for (std::size_t month = 0; month < d.months; ++month)
      for (const std::uint32_t organisation : tree_->bottom_up()) {
        const auto parent = tree_->at(organisation).parent;
        if (!parent) continue;
        const std::int64_t* from = &counts[(month * d.organisations + organisation) * row];
        std::int64_t* to = &counts[(month * d.organisations + *parent) * row];
        for (std::size_t i = 0; i < row; ++i) to[i] += from[i];
      }
  card_.counts_[indicator] = std::move(counts);
  card_.widths_[indicator] = width;
}

}  // namespace shouyue::kpi
