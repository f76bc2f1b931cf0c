#include "app/directory.hpp"

#include <algorithm>

#include "insurer/formats.hpp"

namespace shouyue::app {
namespace {

constexpr char key_separator = '@';
constexpr std::size_t levels_max = 32;

template <class Record>
Result<Record> decoded(const Reference& reference) {
  Record record;
  SHOUYUE_CHECK(insurer::decode(reference.body, reference.personal, record));
  record.seq = reference.seq;
  record.code = reference.key.substr(0, reference.key.find(key_separator));
  return record;
}

bool is_in_force(const insurer::Organisation& organisation, Date day) {
  return !(organisation.valid_from && day < *organisation.valid_from) &&
         !(organisation.valid_to && day > *organisation.valid_to);
}

}  // namespace

std::string organisation_key(const insurer::Organisation& organisation) {
  if (!organisation.valid_from) return organisation.code;
  return organisation.code + key_separator + organisation.valid_from->text();
}

Result<Directory> Directory::load(Store& store) {
  Directory directory;
  for (const Reference& reference : SHOUYUE_TRY(store.references(ReferenceKind::organisation))) {
    auto organisation = SHOUYUE_TRY(decoded<insurer::Organisation>(reference));
    directory.organisations_[organisation.code].push_back(std::move(organisation));
  }
  for (auto& [code, periods] : directory.organisations_)
    std::ranges::sort(periods, {}, [](const auto& period) { return period.valid_from; });
  for (const Reference& reference : SHOUYUE_TRY(store.references(ReferenceKind::agent))) {
    auto agent = SHOUYUE_TRY(decoded<insurer::Agent>(reference));
    directory.agents_[agent.code] = std::move(agent);
  }
  for (const Reference& reference : SHOUYUE_TRY(store.references(ReferenceKind::product))) {
    auto product = SHOUYUE_TRY(decoded<insurer::Product>(reference));
    directory.products_[product.code] = std::move(product);
  }
  return directory;
}

const insurer::Organisation* Directory::organisation(const std::string& code, Date day) const {
  const auto found = organisations_.find(code);
  if (found == organisations_.end()) return nullptr;
  const insurer::Organisation* nearest = &found->second.front();
  for (const insurer::Organisation& period : found->second) {
    if (is_in_force(period, day))
      nearest = &period;
    else if (!is_in_force(*nearest, day) && period.valid_from && *period.valid_from <= day)
      nearest = &period;
  }
  return nearest;
}

const insurer::Agent* Directory::agent(const std::string& code) const {
  const auto found = agents_.find(code);
  return found == agents_.end() ? nullptr : &found->second;
}

bool Directory::has_left(const std::string& agent_code, Date day) const {
  const insurer::Agent* found = agent(agent_code);
  return found && found->left_on && *found->left_on < day;
}

std::vector<const insurer::Organisation*> Directory::all(Date day) const {
  std::vector<const insurer::Organisation*> result;
  for (const auto& [code, periods] : organisations_) result.push_back(organisation(code, day));
  std::ranges::sort(result, {}, &insurer::Organisation::code);
  return result;
}

const insurer::Product* Directory::product(const std::string& code) const {
  const auto found = products_.find(code);
  return found == products_.end() ? nullptr : &found->second;
}

std::vector<const insurer::Organisation*> Directory::path(const std::string& code, Date day) const {
  std::vector<const insurer::Organisation*> path;
  const insurer::Organisation* next = organisation(code, day);
  while (next && path.size() < levels_max && std::ranges::find(path, next) == path.end()) {
    path.push_back(next);
    next = next->parent_code.empty() ? nullptr : organisation(next->parent_code, day);
  }
  return path;
}

std::set<std::string> Directory::with_everything_below(std::set<std::string> codes) const {
  for (bool grew = !codes.empty(); grew;) {
    grew = false;
    for (const auto& [code, periods] : organisations_)
      if (!codes.contains(code) &&
          std::ranges::any_of(periods, [&](const auto& period) { return codes.contains(period.parent_code); }))
        grew = codes.insert(code).second || grew;
  }
  return codes;
}

std::set<std::string> Directory::changed_between(Date after, Date upto) const {
  const auto lies_between = [&](Date day) { return day > after && day <= upto; };
  std::set<std::string> changed;
  for (const auto& [code, periods] : organisations_)
    for (const insurer::Organisation& period : periods)
      if ((period.valid_from && lies_between(*period.valid_from)) ||
          (period.valid_to && lies_between(*period.valid_to + 1)))
        changed.insert(code);
  return with_everything_below(std::move(changed));
}

insurer::Surroundings Directory::surroundings(const insurer::Policy& policy, int holders_sharing_phone,
                                              Date day) const {
  insurer::Surroundings around;
  around.holders_sharing_phone = holders_sharing_phone;
  for (const insurer::Organisation* organisation : path(policy.org_code, day)) {
    around.org_path.push_back(organisation->code);
    around.org_levels.push_back(organisation->level);
    if (!around.region) around.region = organisation->region_code;
  }
  if (const auto found = products_.find(policy.product_code); found != products_.end()) {
    around.product_known = found->second.type.has_value();
    around.product_type = found->second.type.value_or(insurer::ProductType::traditional);
    around.cooling_off_days = found->second.cooling_off_days;
  }
  if (const auto found = agents_.find(policy.agent_code); found != agents_.end()) {
    around.agent_name = found->second.name;
    around.agent_phone = found->second.phone;
  }
  return around;
}

}  // namespace shouyue::app
