#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "demo/tables.hpp"
#include "insurer/reference.hpp"

namespace shouyue::demo {

// Where policies of a channel are sold: an organisation and the agents that sell there.
struct Desk {
  std::string org_code;
  std::size_t city = 0;  // index in Tables::cities
  insurer::Channel channel = insurer::Channel::agency;
  std::vector<std::size_t> agents;  // indices in Network::agents; empty: sold without an agent (online)
};

// The demo insurer's organisations from head office down to areas and bank outlets, and its agents.
struct Network {
  std::vector<insurer::Organisation> organisations;
  std::vector<insurer::Agent> agents;
  std::vector<Desk> desks;
  std::vector<int> desk_weights;  // of the policies, by desk
};

Network build_network(const Tables& tables, std::uint64_t seed, Date first_day);

struct ProductOffer {
  insurer::Product product;
  std::vector<int> pay_years;    // 0: single premium
  std::vector<int> term_months;  // 9999: lifetime
  std::uint64_t channels = 0;    // bits of insurer::Channel
  int weight = 0;
};

const std::vector<ProductOffer>& product_offers();

}  // namespace shouyue::demo
