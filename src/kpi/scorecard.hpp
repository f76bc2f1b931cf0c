#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "insurer/codes.hpp"
#include "kpi/organisation_tree.hpp"
#include "kpi/period.hpp"

namespace shouyue::kpi {

// A figure: always with what it was made of.
struct Tally {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;  // 0: there is no data, and no value
  // Rows of the population taken out, by the exclusions of the indicator in order. A row that several exclusions take
  // out counts with the first of them.
  std::vector<std::int64_t> excluded_by;

  std::int64_t excluded() const;
  std::int64_t population() const { return denominator + excluded(); }
  bool operator==(const Tally&) const = default;
};

// What the figures are wanted for, and how they are split. A dimension that is not asked for is summed up.
struct Request {
  Period period;
  bool by_organisation = false;  // every organisation of every level, each with what lies below it
  bool by_channel = false;
  bool by_product_type = false;
  bool by_month = false;  // by calendar month; otherwise the period as a whole
  unsigned threads = 1;
};

// One figure of a scorecard. A dimension that was not split is empty.
struct Line {
  std::size_t indicator = 0;  // position in the list that was asked for
  Period period;
  std::optional<std::uint32_t> organisation;  // index in the tree
  std::optional<insurer::Channel> channel;
  std::optional<insurer::ProductType> product_type;
  Tally tally;
};

// Where a figure stands in a scorecard; dimensions that were not split are 0.
struct Place {
  std::size_t month = 0;
  std::size_t organisation = 0;
  std::size_t channel = 0;
  std::size_t product_type = 0;
};

// How many positions each dimension has, and where a place lies among all of them.
struct Dimensions {
  std::size_t months = 1, organisations = 1, channels = 1, product_types = 1;

  static Dimensions of(const Request& request, const OrganisationTree& tree);
  std::size_t places() const { return organisations * channels * product_types; }  // of one month
  std::size_t index(const Place& place) const {
    return ((place.month * organisations + place.organisation) * channels + place.channel) * product_types +
           place.product_type;
  }
};

// The result of one computation: all figures of all indicators.
class Scorecard {
 public:
  Tally tally(std::size_t indicator, const Place& place) const;
  // The figures with a population, by indicator, month, organisation, channel, product type; only organisations of
  // `level` when given.
  std::vector<Line> lines(std::optional<insurer::Level> level = {}) const;
  const Dimensions& dimensions() const { return dimensions_; }

 private:
  friend class ScorecardBuilder;
  Request request_;
  Dimensions dimensions_;
  std::vector<Period> periods_;  // of the months
  std::vector<insurer::Level> levels_;
  // Of each indicator: for each place the counts numerator, rest of the denominator, each exclusion.
  std::vector<std::vector<std::int64_t>> counts_;
  std::vector<std::size_t> widths_;  // counts a place; 0: the indicator has no facts
};

// Fills a scorecard from the counts of the places themselves and adds them up the tree.
class ScorecardBuilder {
 public:
  ScorecardBuilder(const Request& request, const OrganisationTree& tree, std::size_t indicators);
  const Dimensions& dimensions() const { return card_.dimensions_; }
  // The counts of one indicator, `width` for each place; organisations hold only their own.
  void set(std::size_t indicator, std::size_t width, std::vector<std::int64_t> counts);
  Scorecard finish() { return std::move(card_); }

 private:
  const OrganisationTree* tree_;
  Scorecard card_;
};

}  // namespace shouyue::kpi
