#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demo/organisation.hpp"
#include "demo/person.hpp"
#include "demo/story.hpp"
#include "insurer/formats.hpp"

namespace shouyue::demo {

// Everything that is and will be true of one policy of the demo insurer, known and hidden.
struct Life {
  int index = 0;
  Story story = Story::plain;
  std::size_t city = 0;
  std::string branch_code;  // of the telephone staff that calls for the office
  insurer::Policy policy;   // as issued, with its defects
  Person holder;            // the truth: holder.mobile reaches the holder
  bool speaks_dialect_only = false;
  std::optional<insurer::Receipt> receipt;  // as it will be in the end; absent: never delivered
  std::vector<insurer::PolicyChange> changes;
  std::optional<Date> link_answered_on;  // the holder fills in the questionnaire behind the link
  std::optional<Date> corrected_on;      // a corrected policy or receipt row becomes known
};

// Tells lives. The same index gives the same life at any time.
class LifeTeller {
 public:
  // `ages_on`: the day on which the holders' ages are spread as the tables say.
  LifeTeller(const Tables& tables, const Network& network, std::uint64_t seed, Date ages_on)
      : tables_(tables), network_(network), seed_(seed), ages_on_(ages_on) {}
  // `backlog`: issued months ago, the receipt still out.
  Life tell(int index, Date issued_on, bool backlog) const;
  // The policy row that corrects the first one, the receipt row that was wrong at first. Only for lives with
  // `corrected_on`.
  insurer::Policy corrected_policy(const Life& life) const;
  insurer::Receipt receipt_before_correction(const Life& life) const;

 private:
  bool is_second_policy(int index) const;  // of the holder of the policy before
  const Desk& choose_desk(Random& random, Story story, bool backlog) const;
  const ProductOffer& choose_product(Random& random, insurer::Channel channel, Story story) const;
  void sell(Random& random, const Desk& desk, Life& life, bool backlog) const;
  void give_terms(Random& random, const ProductOffer& offer, insurer::Policy& policy) const;
  void give_phones(Life& life, int place, const insurer::Agent* agent) const;
  void give_receipt(Random& random, Life& life, bool backlog) const;
  void give_changes(Random& random, Life& life) const;

  const Tables& tables_;
  const Network& network_;
  std::uint64_t seed_;
  Date ages_on_;
};

std::string policy_number(const City& city, Date issued_on, int index);
// The index that `policy_number` put in; empty for a number of another form.
std::optional<int> index_of(std::string_view policy_no);

}  // namespace shouyue::demo
