#include "app/indicator_case.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "app/case_facts.hpp"
#include "app/final_day.hpp"
#include "insurer/field_values.hpp"
#include "kpi/engine.hpp"
#include "kpi/score.hpp"

namespace shouyue::app {
namespace {

template <class Row>
using Setters = std::map<std::string_view, std::function<Result<void>(Row&, const std::string&)>>;

template <auto Member, class Row>
Result<void> set(Row& row, const std::string& text) {
  return insurer::read_value(text, row.*Member);
}
template <auto Member, class Row>
Result<void> set_optional(Row& row, const std::string& text) {
  auto& value = row.*Member;
  return insurer::read_value(text, value.emplace());
}

const Setters<kpi::PolicyRow>& policy_setters() {
  using Row = kpi::PolicyRow;
  static const Setters<Row> setters{{"issued_on", set_optional<&Row::issued_on, Row>},
                                    {"effective_on", set_optional<&Row::effective_on, Row>},
                                    {"cooling_off_end", set_optional<&Row::cooling_off_end, Row>},
                                    {"success_on", set_optional<&Row::success_on, Row>},
                                    {"deadline", set_optional<&Row::deadline, Row>},
                                    {"first_success_on", set_optional<&Row::first_success_on, Row>},
                                    {"completed_on", set_optional<&Row::completed_on, Row>},
                                    {"success", set<&Row::success, Row>},
                                    {"completed", set<&Row::completed, Row>},
                                    {"in_scope", set<&Row::in_scope, Row>},
                                    {"waived", set<&Row::waived, Row>},
                                    {"channel", set<&Row::channel, Row>},
                                    {"product_type", set<&Row::product_type, Row>},
                                    {"last_leg", set_optional<&Row::last_leg, Row>},
                                    {"last_connection", set_optional<&Row::last_connection, Row>},
                                    {"cancelled_in_cooling_off", set<&Row::cancelled_in_cooling_off, Row>},
                                    {"claim_ended_in_cooling_off", set<&Row::claim_ended_in_cooling_off, Row>}};
  return setters;
}

const Setters<kpi::TicketRow>& ticket_setters() {
  using Row = kpi::TicketRow;
  static const Setters<Row> setters{{"issued_on", set_optional<&Row::issued_on, Row>},
                                    {"opened_on", set_optional<&Row::opened_on, Row>},
                                    {"due_on", set_optional<&Row::due_on, Row>},
                                    {"closed_on", set_optional<&Row::closed_on, Row>},
                                    {"kind", set<&Row::kind, Row>},
                                    {"closed", set<&Row::closed, Row>},
                                    {"working_days_used", set_optional<&Row::working_days_used, Row>}};
  return setters;
}

// Reads a list of `{ count = 3, … }` and hands every row over as often as it says.
template <class Row>
Result<void> each_row(const toml::array* list, const Setters<Row>& setters, Row start,
                      const std::function<Result<void>(Row&, const toml::table&)>& keep) {
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    const auto* table = (*list)[i].as_table();
    if (!table) return refuse(Errc::invalid_input, "cases.wrong_value", "a row is a table", "每行须为表");
    Row row = start;
    for (const auto& [key, node] : *table) {
      if (key.str() == "count" || key.str() == "subtype") continue;
      const auto setter = setters.find(key.str());
      if (setter == setters.end())
        return refuse(Errc::invalid_input, "cases.unknown_key", "no column '" + std::string(key.str()) + "'",
                      "没有该列");
      SHOUYUE_CHECK(setter->second(row, text_of_node(node)));
    }
    for (std::int64_t n = (*table)["count"].value_or(std::int64_t{1}); n > 0; --n) SHOUYUE_CHECK(keep(row, *table));
  }
  return {};
}

Result<kpi::Tally> figure(const toml::table& table, const regime::Regime& book, std::size_t indicator) {
  const auto tree =
      SHOUYUE_TRY(kpi::OrganisationTree::make({{.code = "86", .level = insurer::Level::head_office, .parent = {}}}));
  kpi::PolicyColumns policies;
  kpi::TicketColumns tickets;
  SHOUYUE_CHECK(each_row<kpi::PolicyRow>(table["policies"].as_array(), policy_setters(),
                                         {.policy_no = "P", .in_scope = true},
                                         [&](kpi::PolicyRow& row, const toml::table&) {
                                           row.success = row.success || row.success_on.has_value();
                                           row.completed = row.completed || row.completed_on.has_value();
                                           if (!row.first_success_on) row.first_success_on = row.success_on;
                                           return policies.append(row);
                                         }));
  SHOUYUE_CHECK(each_row<kpi::TicketRow>(table["tickets"].as_array(), ticket_setters(), {},
                                         [&](kpi::TicketRow& row, const toml::table& given) {
                                           const std::string subtype = given["subtype"].value_or(std::string());
                                           row.subtype = subtype;
                                           row.closed = row.closed || row.closed_on.has_value();
                                           return tickets.append(row);
                                         }));
  const auto period = SHOUYUE_TRY(kpi::Period::parse(table["period"].value_or(std::string())));
  const auto card = SHOUYUE_TRY(kpi::compute({.policies = policies, .tickets = tickets, .organisations = tree},
                                             kpi::catalogue_of(book), {.period = period}));
  return card.tally(indicator, {});
}

}  // namespace

std::vector<std::string> run_indicator_case(const toml::table& table, const regime::Regime& book,
                                            const calendar::WorkingCalendar& calendar) {
  const std::string id = table["indicator"].value_or(std::string());
  if (!book.kpi) return {"the book has no indicators"};
  const auto& indicators = book.kpi->indicators;
  const auto found = std::ranges::find(indicators, id, &regime::Indicator::id);
  if (found == indicators.end()) return {"no indicator '" + id + "'"};
  const auto tally = figure(table, book, static_cast<std::size_t>(found - indicators.begin()));
  if (!tally) return {tally.error().rule + ": " + tally.error().en};
  std::map<std::string, std::string> got{{"numerator", std::to_string(tally->numerator)},
                                         {"denominator", std::to_string(tally->denominator)},
                                         {"excluded", std::to_string(tally->excluded())}};
  got["value"] = tally->denominator == 0 ? "" : ratio_rounded(tally->numerator, tally->denominator).text(6);
  const auto period = kpi::Period::parse(table["period"].value_or(std::string()));
  const auto final = period ? final_day(*found, *period, calendar) : std::unexpected(period.error());
  got["final_on"] = final ? final->day.text() : final.error().rule;
  std::vector<std::string> problems;
  const auto* expected = table["expect"].as_table();
  if (!expected) return {"`expect` is missing"};
  for (const auto& [key, node] : *expected) {
    const auto figure = got.find(std::string(key.str()));
    const std::string wanted = text_of_node(node);
    if (figure == got.end())
      problems.push_back("a figure has no '" + std::string(key.str()) + "'");
    else if (figure->second != wanted)
      problems.push_back(figure->first + ": expected " + wanted + ", got " + figure->second);
  }
  return problems;
}

}  // namespace shouyue::app
