#include "kpi/engine.hpp"

#include <algorithm>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "slow_indicators.hpp"

using namespace shouyue;
using kpi::Request;
using kpi::Side;

namespace {

const std::vector<std::string> subtypes{"proxy_signature", "terms", "recording"};

struct Words {
  const char *id, *table, *cohort, *population, *numerator, *early;
  std::vector<const char*> exclusions;
};

regime::Indicator indicator(const Words& words) {
  const std::string table = words.table;
  const expr::Schema schema =
      table == "tickets" ? regime::ticket_column_schema(subtypes) : regime::policy_column_schema();
  regime::Indicator result;
  result.id = words.id;
  result.table = table;
  result.cohort = words.cohort;
  result.early = words.early;
  result.population = expr::Expression::parse(words.population, schema).value();
  result.numerator = expr::Expression::parse(words.numerator, schema).value();
  for (const char* exclusion : words.exclusions) {
    regime::Exclusion& added = result.exclusions.emplace_back();
    added.when = expr::Expression::parse(exclusion, schema).value();
  }
  return result;
}

std::vector<regime::Indicator> indicators() {
  std::vector<regime::Indicator> list;
  list.push_back(indicator({.id = "within_30_days",
                            .table = "policies",
                            .cohort = "issued_on",
                            .population = "in_scope",
                            .numerator = "success and first_success_on <= issued_on + days(30)",
                            .early = "",
                            .exclusions = {"last_connection == 'cancelled' and not success",
                                           "last_leg == 'first_call' and last_connection == 'holder_refused'",
                                           "last_leg == 'branch_call' and last_connection == 'holder_refused'"}}));
  list.push_back(indicator({.id = "within_cooling_off",
                            .table = "policies",
                            .cohort = "cooling_off_end",
                            .population = "in_scope and term_months > 12",
                            .numerator = "success and success_on <= cooling_off_end",
                            .early = "success_on",
                            .exclusions = {"cancelled_in_cooling_off", "claim_ended_in_cooling_off"}}));
  list.push_back(indicator({.id = "outside",
                            .table = "external",
                            .cohort = "",
                            .population = "true",
                            .numerator = "true",
                            .early = "",
                            .exclusions = {}}));
  list.push_back(indicator({.id = "completed",
                            .table = "policies",
                            .cohort = "issued_on",
                            .population = "in_scope and channel != 'group'",
                            .numerator = "completed",
                            .early = "",
                            .exclusions = {}}));
  list.push_back(indicator({.id = "tickets_in_time",
                            .table = "tickets",
                            .cohort = "issued_on",
                            .population = "kind == 'problem'",
                            .numerator = "closed and (working_days_used <= 5 or subtype == 'proxy_signature' and "
                                         "working_days_used <= 7)",
                            .early = "",
                            .exclusions = {"subtype == 'recording'"}}));
  return list;
}

struct Insurer {
  std::vector<std::string> policy_nos;
  kpi::OrganisationTree tree;
  kpi::PolicyColumns policies;
  kpi::TicketColumns tickets;
  std::vector<slow::Fact> policy_facts, ticket_facts;
  kpi::Facts facts() const { return {.policies = policies, .tickets = tickets, .organisations = tree}; }
};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  Insurer make(std::size_t policies) {
    Insurer insurer;
    insurer.tree = organisations();
    for (std::size_t i = 0; i < policies; ++i) insurer.policy_nos.push_back("P" + std::to_string(i));
    for (std::uint32_t i = 0; i < policies; ++i) {
      kpi::PolicyRow row = policy(insurer.tree.size());
      row.policy_no = insurer.policy_nos[i];
      REQUIRE(insurer.policies.append(row).has_value());
      insurer.policy_facts.push_back(slow::fact_of(row));
      for (std::int64_t tickets = below(4); tickets > 2; --tickets) {
        const kpi::TicketRow ticket = ticket_of(i, row);
        REQUIRE(insurer.tickets.append(ticket).has_value());
        insurer.ticket_facts.push_back(slow::fact_of(ticket, subtypes));
      }
    }
    return insurer;
  }

 private:
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
  }
  bool chance(int percent) { return below(100) < percent; }
  template <class Enum>
  Enum any() {
    return static_cast<Enum>(below(static_cast<std::int64_t>(insurer::words<Enum>().size())));
  }
  std::optional<Date> maybe(Date day) { return chance(90) ? std::optional(day) : std::nullopt; }

  // Children may stand before their parents in the list, and policies may hang on any level.
  kpi::OrganisationTree organisations() {
    std::vector<kpi::Organisation> list;
    for (std::uint32_t i = 0; i < 23; ++i) {
      const bool root = i == 22;
      const auto parent = root ? std::optional<std::uint32_t>()
                               : std::optional(i < 12   ? 12 + i % 6
                                               : i < 18 ? 18 + i % 4
                                                        : 22);
      list.push_back({.code = "O" + std::to_string(i), .level = any<insurer::Level>(), .parent = parent});
    }
    return kpi::OrganisationTree::make(std::move(list)).value();
  }

  kpi::PolicyRow policy(std::size_t organisations) {
    kpi::PolicyRow row;
    const Date issued = *Date::from_civil(2021, 8, 1) + static_cast<int>(below(200));
    row.organisation = static_cast<std::uint32_t>(below(static_cast<std::int64_t>(organisations)));
    row.issued_on = issued;
    row.cooling_off_end = maybe(issued + static_cast<int>(10 + below(20)));
    row.success = chance(70);
    if (row.success) {
      row.success_on = maybe(issued + static_cast<int>(below(45)));
      row.first_success_on = row.success_on;
    }
    row.completed = row.success && chance(60);
    row.in_scope = chance(90);
    row.channel = any<insurer::Channel>();
    row.product_type = any<insurer::ProductType>();
    if (chance(80)) row.term_months = chance(10) ? 12 : 240;
    if (chance(80)) row.last_leg = any<insurer::Leg>();
    if (chance(80)) row.last_connection = chance(30) ? insurer::Connection::holder_refused : any<insurer::Connection>();
    row.cancelled_in_cooling_off = chance(5);
    row.claim_ended_in_cooling_off = chance(5);
    row.attempts = static_cast<int>(below(10));
    row.premium = Money::fen(below(1'000'000));
    return row;
  }

  kpi::TicketRow ticket_of(std::uint32_t number, const kpi::PolicyRow& policy) {
    constexpr const char* words[] = {"proxy_signature", "terms", "recording", "", "of_another_book"};
    kpi::TicketRow row;
    row.policy = number;
    row.organisation = policy.organisation;
    row.channel = policy.channel;
    row.product_type = policy.product_type;
    row.issued_on = policy.issued_on;
    row.opened_on = maybe(*policy.issued_on + 9);
    row.kind = any<insurer::TicketKind>();
    row.subtype = words[below(5)];
    row.closed = chance(80);
    if (row.closed) row.working_days_used = static_cast<int>(below(12));
    return row;
  }

  std::mt19937_64 random_;
};

Request request(const char* period, int split, unsigned threads) {
  return {.period = kpi::Period::parse(period).value(),
          .by_organisation = (split & 1) != 0,
          .by_channel = (split & 2) != 0,
          .by_product_type = (split & 4) != 0,
          .by_month = (split & 8) != 0,
          .threads = threads};
}

slow::Key key_of(const kpi::Line& line, const Request& asked) {
  const auto months = asked.by_month ? asked.period.months() : std::vector{asked.period};
  const auto month = std::ranges::find(months, line.period) - months.begin();
  return {static_cast<int>(month), line.organisation ? static_cast<int>(*line.organisation) : -1,
          line.channel ? static_cast<int>(*line.channel) : -1,
          line.product_type ? static_cast<int>(*line.product_type) : -1};
}

slow::Tallies slow_tallies(const Insurer& insurer, const regime::Indicator& of, const Request& asked) {
  if (of.table == "external") return {};
  const bool tickets = of.table == "tickets";
  return slow::tallies(of, tickets ? insurer.ticket_facts : insurer.policy_facts,
                       tickets ? regime::ticket_column_schema(subtypes) : regime::policy_column_schema(), insurer.tree,
                       asked);
}

}  // namespace

TEST_CASE("the engine's figures are those of a literal computation, for every split and number of threads") {
  const auto list = indicators();
  const kpi::Catalogue catalogue{.indicators = list, .subtypes = subtypes};
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const Insurer insurer = Maker(seed).make(7000);
    for (const char* period : {"2021-10", "2021Q4", "2021", "2021-10-08..2022-01-03", "2019"})
      for (int split = 0; split < 16; split += seed == 1 ? 1 : 5) {
        const Request asked = request(period, split, static_cast<unsigned>(1 + split % 4));
        CAPTURE(seed);
        CAPTURE(period);
        CAPTURE(split);
        const kpi::Scorecard card = kpi::compute(insurer.facts(), catalogue, asked).value();
        std::vector<slow::Tallies> found(list.size());
        for (const kpi::Line& line : card.lines()) found[line.indicator][key_of(line, asked)] = line.tally;
        for (std::size_t i = 0; i < list.size(); ++i) CHECK(found[i] == slow_tallies(insurer, list[i], asked));
      }
  }
}

TEST_CASE("every figure unfolds to as many rows as it says, and its sides do not overlap") {
  const auto list = indicators();
  const kpi::Catalogue catalogue{.indicators = list, .subtypes = subtypes};
  const Insurer insurer = Maker(7).make(6000);
  const Request asked = request("2021Q4", 7, 2);
  const kpi::Scorecard card = kpi::compute(insurer.facts(), catalogue, asked).value();
  std::size_t checked = 0;
  const auto lines = card.lines();
  for (std::size_t l = 0; l < lines.size(); l += 53, ++checked) {
    const kpi::Line& line = lines[l];
    kpi::Behind behind{.indicator = line.indicator,
                       .period = line.period,
                       .side = Side::numerator,
                       .organisation = line.organisation,
                       .channel = line.channel,
                       .product_type = line.product_type,
                       .exclusion = {}};
    const auto rows = [&](Side side) {
      behind.side = side;
      return kpi::rows_behind(insurer.facts(), catalogue, behind).value();
    };
    const auto numerator = rows(Side::numerator), denominator = rows(Side::denominator),
               excluded = rows(Side::excluded);
    CHECK(static_cast<std::int64_t>(numerator.size()) == line.tally.numerator);
    CHECK(static_cast<std::int64_t>(denominator.size()) == line.tally.denominator);
    CHECK(static_cast<std::int64_t>(excluded.size()) == line.tally.excluded());
    CHECK(std::ranges::includes(denominator, numerator));
    std::vector<std::uint32_t> both;
    std::ranges::set_intersection(denominator, excluded, std::back_inserter(both));
    CHECK(both.empty());
    for (std::size_t e = 0; e < line.tally.excluded_by.size(); ++e) {
      behind.exclusion = e;
      CHECK(static_cast<std::int64_t>(rows(Side::excluded).size()) == line.tally.excluded_by[e]);
    }
  }
  CHECK(checked > 20);
  const kpi::Behind external{.indicator = 2,
                             .period = asked.period,
                             .side = Side::numerator,
                             .organisation = {},
                             .channel = {},
                             .product_type = {},
                             .exclusion = {}};
  CHECK(kpi::rows_behind(insurer.facts(), catalogue, external).error().rule == "kpi.no_rows");
}

TEST_CASE("a level shows its organisations only") {
  const auto list = indicators();
  const Insurer insurer = Maker(3).make(2000);
  const kpi::Scorecard card =
      kpi::compute(insurer.facts(), {.indicators = list, .subtypes = subtypes}, request("2021", 1, 1)).value();
  std::set<std::uint32_t> seen;
  for (const kpi::Line& line : card.lines(insurer::Level::city)) seen.insert(*line.organisation);
  std::set<std::uint32_t> wanted;
  for (std::uint32_t i = 0; i < insurer.tree.size(); ++i)
    if (insurer.tree.at(i).level == insurer::Level::city) wanted.insert(i);
  CHECK(!wanted.empty());
  CHECK(seen == wanted);
}

TEST_CASE("what cannot be computed is refused by name") {
  const Insurer insurer = Maker(1).make(10);
  auto list = indicators();
  const auto rule_for = [&](const char* table, const char* cohort) {
    list[0].table = table;
    list[0].cohort = cohort;
    return kpi::compute(insurer.facts(), {.indicators = list, .subtypes = subtypes}, request("2021", 0, 1))
        .error()
        .rule;
  };
  CHECK(rule_for("premiums", "issued_on") == "kpi.indicator_table");
  CHECK(rule_for("policies", "signed_on") == "kpi.indicator_column");
  CHECK(rule_for("policies", "success") == "kpi.indicator_column");
}
