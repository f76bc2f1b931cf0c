#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/store.hpp"
#include "insurer/reference.hpp"

namespace shouyue::app {

// Organisations, agents and products as they are known now, in memory: few records that every policy asks for.
class Directory {
 public:
  static Result<Directory> load(Store& store);

  bool has_organisations() const { return !organisations_.empty(); }
  bool has_organisation(const std::string& code) const { return organisations_.contains(code); }
  bool has_agent(const std::string& code) const { return agents_.contains(code); }
  bool has_product(const std::string& code) const { return products_.contains(code); }

  // The period of the organisation that is in force on `day`, else the nearest one; null when the code is not known.
  const insurer::Organisation* organisation(const std::string& code, Date day) const;
  const insurer::Agent* agent(const std::string& code) const;  // null when the code is not known
  // Whether `day` comes after the agent's last day; an agent who is not listed has none.
  bool has_left(const std::string& agent_code, Date day) const;
  // Every organisation once, in its period of `day`, by code.
  std::vector<const insurer::Organisation*> all(Date day) const;
  // Null when the code is not known.
  const insurer::Product* product(const std::string& code) const;
  // From `code` up to head office; ends where a code is not known or comes again.
  std::vector<const insurer::Organisation*> path(const std::string& code, Date day) const;
  // The organisations whose period begins or ends in (`after`, `upto`], and everything below them.
  std::set<std::string> changed_between(Date after, Date upto) const;
  // The codes with everything below them, by any period.
  std::set<std::string> with_everything_below(std::set<std::string> codes) const;

  // What decisions about the policy read beside its facts, on `day`.
  insurer::Surroundings surroundings(const insurer::Policy& policy, int holders_sharing_phone, Date day) const;

 private:
  std::unordered_map<std::string, std::vector<insurer::Organisation>> organisations_;  // periods by valid_from
  std::unordered_map<std::string, insurer::Agent> agents_;
  std::unordered_map<std::string, insurer::Product> products_;
};

// The key under which a period of an organisation is stored.
std::string organisation_key(const insurer::Organisation& organisation);

}  // namespace shouyue::app
