#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "kpi/columns.hpp"
#include "kpi/engine.hpp"
#include "regime/vocabulary.hpp"

// The indicators computed once more, literally: row by row, one condition after the other, into maps. Shares nothing
// with the engine but the definitions.
namespace slow {

using namespace shouyue;

struct Fact {
  expr::Row row;
  std::uint32_t organisation;
  std::size_t channel, product_type;
};

inline expr::Value value(const std::optional<Date>& date) {
  return date ? expr::Value{date->days()} : expr::Value{.missing = true};
}
inline expr::Value value(const std::optional<int>& number) {
  return number ? expr::Value{*number} : expr::Value{.missing = true};
}
inline expr::Value value(bool yes) { return {yes}; }
template <class Enum>
  requires std::is_enum_v<Enum>
expr::Value value(Enum word) {
  return {static_cast<std::int64_t>(word)};
}
template <class Enum>
  requires std::is_enum_v<Enum>
expr::Value value(const std::optional<Enum>& word) {
  return word ? value(*word) : expr::Value{.missing = true};
}

inline Fact fact_of(const kpi::PolicyRow& p) {
  const expr::Value premium = p.premium ? expr::Value{p.premium->in_fen()} : expr::Value{.missing = true};
  return {.row = {value(p.issued_on),
                  value(p.effective_on),
                  value(p.cooling_off_end),
                  value(p.success_on),
                  value(p.first_success_on),
                  value(p.completed_on),
                  value(p.cancelled_on),
                  value(p.deadline),
                  value(p.success),
                  value(p.completed),
                  value(p.in_scope),
                  value(p.waived),
                  value(p.state),
                  value(p.result_class),
                  value(p.channel),
                  value(p.product_type),
                  value(p.pay_mode),
                  value(p.term_months),
                  premium,
                  value(p.last_leg),
                  value(p.last_connection),
                  value(p.cancelled_in_cooling_off),
                  value(p.claim_ended_in_cooling_off),
                  value(std::optional(p.attempts))},
          .organisation = p.organisation,
          .channel = static_cast<std::size_t>(p.channel),
          .product_type = static_cast<std::size_t>(p.product_type)};
}

inline Fact fact_of(const kpi::TicketRow& t, const std::vector<std::string>& subtypes) {
  expr::Value subtype{.missing = true};
  for (std::size_t i = 0; i < subtypes.size(); ++i)
    if (subtypes[i] == t.subtype) subtype = {static_cast<std::int64_t>(i)};
  return {.row = {value(t.issued_on), value(t.opened_on), value(t.due_on), value(t.closed_on), value(t.kind), subtype,
                  value(t.closed), value(t.working_days_used), value(t.channel), value(t.product_type)},
          .organisation = t.organisation,
          .channel = static_cast<std::size_t>(t.channel),
          .product_type = static_cast<std::size_t>(t.product_type)};
}

// Where a fact counts: month of the period, organisation (each ancestor), channel, product type; -1: not split.
using Key = std::tuple<int, int, int, int>;
using Tallies = std::map<Key, kpi::Tally>;

inline std::optional<Date> date_at(const expr::Row& row, const expr::Schema& schema, const std::string& name) {
  for (std::size_t i = 0; i < schema.size(); ++i)
    if (schema[i].name == name && !row[i].missing) return Date::from_days(static_cast<std::int32_t>(row[i].amount));
  return std::nullopt;
}

// What the fact is to the indicator, and on which day; empty: nothing.
struct Standing {
  bool in_numerator = false;
  std::optional<std::size_t> exclusion;
  Date day;
};

inline std::optional<Standing> standing_of(const regime::Indicator& indicator, const Fact& fact,
                                           const expr::Schema& schema) {
  if (!indicator.population.holds(fact.row)) return std::nullopt;
  Standing standing;
  for (std::size_t i = 0; i < indicator.exclusions.size() && !standing.exclusion; ++i)
    if (indicator.exclusions[i].when.holds(fact.row)) standing.exclusion = i;
  standing.in_numerator = !standing.exclusion && indicator.numerator.holds(fact.row);
  const auto cohort = date_at(fact.row, schema, indicator.cohort);
  if (!cohort) return std::nullopt;
  standing.day = *cohort;
  if (indicator.early.empty() || !standing.in_numerator) return standing;
  if (const auto early = date_at(fact.row, schema, indicator.early); early && *early < *cohort) standing.day = *early;
  return standing;
}

inline Tallies tallies(const regime::Indicator& indicator, const std::vector<Fact>& facts, const expr::Schema& schema,
                       const kpi::OrganisationTree& tree, const kpi::Request& request) {
  Tallies result;
  for (const Fact& fact : facts) {
    const auto standing = standing_of(indicator, fact, schema);
    if (!standing || !request.period.holds(standing->day)) continue;
    const auto months_since_0 = [](Date day) { return day.year() * 12 + day.month(); };
    const int month = request.by_month ? months_since_0(standing->day) - months_since_0(request.period.from) : 0;
    std::vector<int> organisations;
    if (!request.by_organisation) organisations = {-1};
    for (std::optional<std::uint32_t> at = fact.organisation; request.by_organisation && at; at = tree.at(*at).parent)
      organisations.push_back(static_cast<int>(*at));
    for (const int organisation : organisations) {
      kpi::Tally& tally = result[{month, organisation, request.by_channel ? static_cast<int>(fact.channel) : -1,
                                  request.by_product_type ? static_cast<int>(fact.product_type) : -1}];
      tally.excluded_by.resize(indicator.exclusions.size());
      if (standing->exclusion)
        ++tally.excluded_by[*standing->exclusion];
      else
        ++tally.denominator;
      if (standing->in_numerator) ++tally.numerator;
    }
  }
  return result;
}

}  // namespace slow
