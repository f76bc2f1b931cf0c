#include "demo/organisation.hpp"

#include <array>
#include <map>

#include "demo/person.hpp"

namespace shouyue::demo {
namespace {

using insurer::Channel;
using insurer::Level;
using insurer::ProductType;

constexpr std::size_t sub_branches_per_city = 2;
constexpr int areas_per_sub_branch = 2;
constexpr int agents_per_area = 5;
constexpr int outlets_per_sub_branch = 2;
constexpr int telesales_agents_per_branch = 4;

std::string two_digits(std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// 广州市 -> 广州, but 吴县 stays.
std::string short_name(std::string_view name) {
  constexpr std::size_t character = 3;  // bytes of a Chinese character
  for (const std::string_view suffix : {"省", "市", "区", "县"})
    if (name.ends_with(suffix) && name.size() > 2 * character)
      return std::string(name.substr(0, name.size() - character));
  return std::string(name);
}

class Builder {
 public:
  Builder(const Tables& tables, std::uint64_t seed, Date first_day)
      : tables_(tables), seed_(seed), first_day_(first_day) {}

  Network build() {
    add("86", "示范人寿保险股份有限公司", Level::head_office, "", 110000);
    for (std::size_t city = 0; city < tables_.cities.size(); ++city) {
      const std::string branch = branch_of(city);
      add_city(branch + two_digits(++cities_of_branch_[branch]), branch, city);
    }
    return std::move(network_);
  }

 private:
  std::string branch_of(std::size_t city) {
    const City& place = tables_.cities[city];
    const std::string code = "86" + std::to_string(place.province_code / 10000);
    if (cities_of_branch_.contains(code)) return code;
    cities_of_branch_[code] = 0;
    add(code, "示范人寿" + short_name(place.province) + "分公司", Level::branch, "86", place.province_code);
    add_desk(code, city, Channel::telesales, telesales_agents_per_branch, 8 * 3);
    add_desk(code, city, Channel::online, 0, 6 * 3);
    add_desk(code, city, Channel::group, 1, 2 * 3);
    return code;
  }

  void add_city(const std::string& code, const std::string& branch, std::size_t index) {
    const City& city = tables_.cities[index];
    add(code, short_name(city.name) + "中心支公司", Level::city, branch, city.code);
    add_desk(code, index, Channel::broker, 1, 4);
    Random random(seed_, "sub-branches", static_cast<std::uint64_t>(city.code));
    const auto first = static_cast<std::size_t>(random.below(static_cast<int>(city.counties.size())));
    for (std::size_t i = 0; i < sub_branches_per_city; ++i)
      add_sub_branch(code + two_digits(i + 1), code, index, city.counties[(first + i) % city.counties.size()]);
  }

  void add_sub_branch(const std::string& code, const std::string& parent, std::size_t city, const County& county) {
    const std::string name = short_name(county.name);
    add(code, name + "支公司", Level::sub_branch, parent, county.code);
    for (int i = 1; i <= areas_per_sub_branch; ++i) {
      const std::string area = code + "1" + std::to_string(i);
      add(area, name + "营业" + std::to_string(i) + "区", Level::area, code, std::nullopt);
      add_desk(area, city, Channel::agency, agents_per_area, 14);
    }
    for (int i = 1; i <= outlets_per_sub_branch; ++i) {
      const std::string outlet = code + "5" + std::to_string(i);
      add(outlet, name + "银行代理网点" + std::to_string(i), Level::outlet, code, std::nullopt);
      add_desk(outlet, city, Channel::bancassurance, 1, 6);
    }
  }

  void add(const std::string& code, std::string name, Level level, const std::string& parent,
           std::optional<int> region) {
    network_.organisations.push_back({.code = code,
                                      .name = std::move(name),
                                      .level = level,
                                      .parent_code = parent,
                                      .region_code = region,
                                      .valid_from = *Date::from_civil(2006, 1, 1),
                                      .valid_to = std::nullopt});
  }

  void add_desk(const std::string& org, std::size_t city, Channel channel, int agents, int weight) {
    Desk desk{.org_code = org, .city = city, .channel = channel, .agents = {}};
    for (int i = 1; i <= agents; ++i) {
      desk.agents.push_back(network_.agents.size());
      network_.agents.push_back(
          make_agent(org + (channel == Channel::group ? "T" : "A") + std::to_string(i), org, channel, city));
    }
    Random random(seed_, "desk", network_.desks.size());
    network_.desks.push_back(std::move(desk));
    network_.desk_weights.push_back(weight * random.between(5, 15));
  }

  insurer::Agent make_agent(const std::string& code, const std::string& org, Channel channel, std::size_t city) {
    Random random(seed_, "agent", network_.agents.size());
    const Person person = make_person(random, tables_, tables_.cities[city], first_day_ - 8 * 365);
    insurer::Agent agent{.code = code,
                         .name = person.name,
                         .org_code = org,
                         .channel = channel,
                         .phone = person.mobile,
                         .joined_on = first_day_ - random.between(30, 3000),
                         .left_on = std::nullopt};
    if (random.permille(25)) agent.left_on = first_day_ + random.between(10, 50);
    return agent;
  }

  const Tables& tables_;
  std::uint64_t seed_;
  Date first_day_;
  Network network_;
  std::map<std::string, std::size_t> cities_of_branch_;
};

insurer::Product product(const char* code, const char* name, ProductType type, std::optional<int> cooling_off_days) {
  return {.code = code, .name = name, .type = type, .cooling_off_days = cooling_off_days};
}

}  // namespace

Network build_network(const Tables& tables, std::uint64_t seed, Date first_day) {
  return Builder(tables, seed, first_day).build();
}

const std::vector<ProductOffer>& product_offers() {
  static constexpr auto personal = insurer::bit(Channel::agency) | insurer::bit(Channel::broker);
  static constexpr auto remote = insurer::bit(Channel::telesales) | insurer::bit(Channel::online);
  static constexpr auto bank = insurer::bit(Channel::bancassurance);
  static constexpr auto group = insurer::bit(Channel::group);
  static const std::vector<ProductOffer> offers{
      {product("SF101", "示范安康终身寿险", ProductType::traditional, 15), {10, 20}, {9999}, personal, 20},
      {product("SF102", "示范金彩年金保险（分红型）", ProductType::participating, 15),
       {3, 5, 10},
       {180, 240, 9999},
       personal | bank,
       26},
      {product("SF103", "示范聚财终身寿险（万能型）", ProductType::universal, 15),
       {0, 5, 10},
       {9999},
       personal | bank,
       14},
      {product("SF104", "示范汇赢终身寿险（投资连结型）", ProductType::unit_linked, 15), {0, 10}, {9999}, personal, 4},
      {product("SF105", "示范守护重大疾病保险", ProductType::health, 20),
       {10, 20, 30},
       {360, 9999},
       personal | remote,
       24},
      {product("SF106", "示范定期寿险", ProductType::traditional, {}), {10, 20}, {240, 360}, personal | remote, 14},
      {product("SF107", "示范百万医疗保险", ProductType::health, {}), {1}, {12}, personal | remote, 10},
      {product("SF108", "示范双利两全保险（分红型）", ProductType::participating, 15),
       {0, 3, 5},
       {60, 72, 120},
       bank,
       40},
      {product("SF109", "示范团体定期寿险", ProductType::traditional, {}), {1}, {12, 36}, group, 10},
  };
  return offers;
}

}  // namespace shouyue::demo
