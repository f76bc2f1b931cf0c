// The indicators and scores as they stand in the rule books that ship.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "kpi/engine.hpp"
#include "kpi/score.hpp"
#include "regime/load.hpp"

using namespace shouyue;

namespace {

std::vector<regime::Source> book(const std::string& id) {
  namespace fs = std::filesystem;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path(SHOUYUE_SOURCE_DIR) / "regimes" / id))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<regime::Source> sources;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    sources.push_back({.path = path.string(), .text = {std::istreambuf_iterator<char>(file), {}}});
  }
  return sources;
}

std::shared_ptr<const regime::Regime> load(const std::vector<std::string>& layers) {
  std::vector<std::vector<regime::Source>> books;
  for (const std::string& id : layers) books.push_back(book(id));
  const regime::Loaded loaded = regime::load(books);
  for (const regime::Issue& issue : loaded.issues) FAIL_CHECK(regime::text_of(issue));
  REQUIRE(loaded.regime != nullptr);
  return loaded.regime;
}

const regime::Indicator& find(const regime::Regime& regime, const std::string& id) {
  const auto& list = regime.kpi->indicators;
  const auto found = std::ranges::find(list, id, &regime::Indicator::id);
  REQUIRE(found != list.end());
  return *found;
}

std::string score(const regime::Regime& regime, const char* indicator, const char* value) {
  const regime::Score& rule = find(regime, indicator).score;
  const auto points = kpi::score_of(rule, kpi::Fraction::of(Decimal::parse(value).value()));
  return points ? points->text(rule.decimals) : points.error().rule;
}

}  // namespace

TEST_CASE("operations KPI: full marks, golden values, and nothing at the critical value") {
  const auto regime = load({"operations-kpi"});
  struct Golden {
    const char *indicator, *value, *score;
  };
  for (const Golden& g :
       {Golden{"premium_issue_rate", "88%", "2.00"}, Golden{"premium_issue_rate", "87.99%", "1.90"},
        Golden{"premium_issue_rate", "86.3%", "1.60"}, Golden{"premium_issue_rate", "70%", "0.00"},
        Golden{"claim_return_rate", "6.1%", "1.50"}, Golden{"investigation_days", "5.5", "1.60"},
        Golden{"unnamed", "4.5%", "5.74"}, Golden{"unnamed", "3.75%", "7.20"},
        Golden{"servicing_error_rate", "0.3%", "8.00"}, Golden{"servicing_error_rate", "0%", "9.00"},
        Golden{"servicing_error_rate", "1.0%", "5.00"}, Golden{"service_satisfaction", "85%", "kpi.no_score"}}) {
    CAPTURE(g.indicator);
    CHECK(score(*regime, g.indicator, g.value) == g.score);
  }
  for (const regime::Indicator& indicator : regime->kpi->indicators) {
    CAPTURE(indicator.id);
    if (indicator.score.kind == regime::ScoreKind::steps)
      CHECK(score(*regime, indicator.id.c_str(), indicator.score.critical.text().c_str()) == "0.00");
  }
}

TEST_CASE("misselling assessment: the completion rate") {
  const auto regime = load({"misselling-assessment"});
  CHECK(score(*regime, "completion_rate", "98.5%") == "18.50");
  CHECK(score(*regime, "completion_rate", "94.99%") == "14.97");
  CHECK(score(*regime, "completion_rate", "100%") == "20.00");
  CHECK(score(*regime, "completion_rate", "101%") == "kpi.score_out_of_range");
}

TEST_CASE("every shipped indicator over facts can be computed") {
  for (const std::vector<std::string>& layers :
       {std::vector<std::string>{"operations-kpi"}, {"misselling-assessment"}, {"national", "call-centre-2021"}}) {
    const auto regime = load(layers);
    const auto tree =
        kpi::OrganisationTree::make({{.code = "86", .level = insurer::Level::head_office, .parent = {}}}).value();
    const kpi::PolicyColumns policies;
    const kpi::TicketColumns tickets;
    const auto card = kpi::compute({.policies = policies, .tickets = tickets, .organisations = tree},
                                   kpi::catalogue_of(*regime), {.period = kpi::Period::parse("2021").value()});
    REQUIRE(card.has_value());
    CHECK(card->lines().empty());
  }
}
