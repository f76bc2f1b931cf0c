#include "kpi/organisation_tree.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace shouyue;
using kpi::Organisation;
using kpi::OrganisationTree;

namespace {

Organisation organisation(const char* code, std::optional<std::uint32_t> parent) {
  return {.code = code, .level = insurer::Level::branch, .parent = parent};
}

}  // namespace

TEST_CASE("every organisation stands before its parent, whatever the order of the list") {
  const auto tree =
      OrganisationTree::make({organisation("leaf", 1), organisation("middle", 3), organisation("other", 3),
                              organisation("root", {}), organisation("second root", {})})
          .value();
  const auto& order = tree.bottom_up();
  REQUIRE(order.size() == 5);
  const auto place = [&](std::uint32_t index) { return std::ranges::find(order, index) - order.begin(); };
  CHECK(place(0) < place(1));
  CHECK(place(1) < place(3));
  CHECK(place(2) < place(3));
  CHECK(tree.find("other") == 2);
  CHECK(!tree.find("nobody"));
  CHECK(tree.subtree(1) == std::vector<std::uint8_t>{1, 1, 0, 0, 0});
  CHECK(tree.subtree(3) == std::vector<std::uint8_t>{1, 1, 1, 1, 0});
}

TEST_CASE("what is no tree is refused") {
  CHECK(OrganisationTree::make({organisation("a", 1), organisation("b", 0)}).error().rule == "kpi.organisation_cycle");
  CHECK(OrganisationTree::make({organisation("a", 0)}).error().rule == "kpi.organisation_cycle");
  CHECK(OrganisationTree::make({organisation("a", 7)}).error().rule == "kpi.organisation_parent");
  CHECK(OrganisationTree::make({organisation("a", {}), organisation("a", {})}).error().rule ==
        "kpi.organisation_twice");
  CHECK(OrganisationTree::make({}).value().size() == 0);
}
