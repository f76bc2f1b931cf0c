#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.hpp"
#include "insurer/codes.hpp"

namespace shouyue::kpi {

struct Organisation {
  std::string code;
  insurer::Level level = insurer::Level::head_office;
  std::optional<std::uint32_t> parent;  // index in the list; empty: a root
};

// The organisations at one moment, each with its parent. Indexes are those of the list it was made from.
class OrganisationTree {
 public:
  // Errors: kpi.organisation_parent (not in the list), kpi.organisation_cycle, kpi.organisation_twice.
  static Result<OrganisationTree> make(std::vector<Organisation> organisations);

  std::size_t size() const { return organisations_.size(); }
  const Organisation& at(std::size_t index) const { return organisations_[index]; }
  std::optional<std::uint32_t> find(std::string_view code) const;
  // All indexes, every organisation before its parent.
  const std::vector<std::uint32_t>& bottom_up() const { return bottom_up_; }
  // One byte an organisation: 1 for `root` and everything below it.
  std::vector<std::uint8_t> subtree(std::uint32_t root) const;

 private:
  std::vector<Organisation> organisations_;
  std::vector<std::uint32_t> bottom_up_;
  std::unordered_map<std::string, std::uint32_t> by_code_;
};

}  // namespace shouyue::kpi
