#include "kpi/organisation_tree.hpp"

#include <algorithm>
#include <ranges>

namespace shouyue::kpi {

Result<OrganisationTree> OrganisationTree::make(std::vector<Organisation> organisations) {
  OrganisationTree tree;
  std::vector<std::vector<std::uint32_t>> children(organisations.size());
  std::vector<std::uint32_t> top_down;
  for (std::uint32_t i = 0; i < organisations.size(); ++i) {
    const Organisation& organisation = organisations[i];
    if (!tree.by_code_.emplace(organisation.code, i).second)
      return refuse(Errc::conflict, "kpi.organisation_twice", "organisation " + organisation.code + " is given twice",
                    "机构 " + organisation.code + " 重复");
    if (organisation.parent && *organisation.parent >= organisations.size())
      return refuse(Errc::not_found, "kpi.organisation_parent",
                    "the parent of organisation " + organisation.code + " is unknown",
                    "机构 " + organisation.code + " 的上级机构不存在");
    if (organisation.parent)
      children[*organisation.parent].push_back(i);
    else
      top_down.push_back(i);
  }
  for (std::size_t next = 0; next < top_down.size(); ++next)
    top_down.insert(top_down.end(), children[top_down[next]].begin(), children[top_down[next]].end());
  if (top_down.size() != organisations.size())
    return refuse(Errc::conflict, "kpi.organisation_cycle", "some organisations are above themselves",
                  "机构的上下级关系成环");
  std::ranges::reverse(top_down);
  tree.bottom_up_ = std::move(top_down);
  tree.organisations_ = std::move(organisations);
  return tree;
}

std::optional<std::uint32_t> OrganisationTree::find(std::string_view code) const {
  const auto found = by_code_.find(std::string(code));
  return found == by_code_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::uint8_t> OrganisationTree::subtree(std::uint32_t root) const {
  std::vector<std::uint8_t> inside(size(), 0);
  inside[root] = 1;
  for (const std::uint32_t index : bottom_up_ | std::views::reverse)
    if (const auto parent = organisations_[index].parent; parent && inside[*parent]) inside[index] = 1;
  return inside;
}

}  // namespace shouyue::kpi
