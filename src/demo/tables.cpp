#include "demo/tables.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <ranges>

#include "base/decimal.hpp"
#include "base/text.hpp"

namespace shouyue::demo {
namespace {

using Row = std::vector<std::string_view>;

std::unexpected<Error> broken(std::string_view table, std::string_view what) {
  return refuse(Errc::invalid_input, "demo.data",
                "the demo table " + std::string(table) + " is not usable: " + std::string(what),
                "演示数据表 " + std::string(table) + " 不可用：" + std::string(what));
}

// The shipped tables have neither quotes nor separators inside fields.
Result<std::vector<Row>> rows_of(std::string_view table, std::string_view text,
                                 std::initializer_list<const char*> names) {
  auto lines = split(text, '\n');
  if (lines.size() < 2) return broken(table, "empty");
  const Row header = split(trim(lines.front()), ',');
  std::vector<std::size_t> places;
  for (const std::string_view name : names) {
    const auto found = std::ranges::find(header, name);
    if (found == header.end()) return broken(table, "no column " + std::string(name));
    places.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  std::vector<Row> rows;
  for (const auto line : lines | std::views::drop(1)) {
    const auto fields = split(trim(line), ',');
    if (fields.size() < header.size()) continue;
    Row row;
    for (const std::size_t place : places) row.push_back(fields[place]);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<void> read_names(const DataTexts& texts, Tables& tables) {
  for (const auto& row : SHOUYUE_TRY(rows_of("surnames", texts.surnames, {"surname", "weight"}))) {
    const auto weight = number(row[1]);
    if (!weight || *weight <= 0) return broken("surnames", row[1]);
    tables.surnames.emplace_back(row[0]);
    tables.surname_weights.push_back(*weight);
  }
  for (const auto& row : SHOUYUE_TRY(rows_of("given_names", texts.given_names, {"given_name", "gender"}))) {
    if (row[1] != "F") tables.names_of_men.emplace_back(row[0]);
    if (row[1] != "M") tables.names_of_women.emplace_back(row[0]);
  }
  if (tables.surnames.empty() || tables.names_of_men.empty() || tables.names_of_women.empty())
    return broken("names", "no names");
  return {};
}

bool is_mandarin(std::string_view dialect) { return dialect.ends_with("官话"); }

Result<void> read_cities(const DataTexts& texts, Tables& tables) {
  std::map<int, std::string> names;
  std::map<int, std::vector<County>> counties;
  const auto divisions = SHOUYUE_TRY(rows_of("divisions", texts.divisions, {"code", "name", "level", "last_seen"}));
  std::string_view newest;
  for (const auto& row : divisions) newest = std::max(newest, row[3]);
  for (const auto& row : divisions) {
    const auto code = number(row[0]);
    if (!code || row[3] != newest) continue;  // a code that is no longer given
    if (row[2] != "county") {
      names[*code] = row[1];
    } else if (row[1] != "市辖区") {
      counties[*code / 100].push_back({*code, std::string(row[1])});
    }
  }
  std::map<std::string_view, std::string_view> dialects;
  for (const auto& row : SHOUYUE_TRY(rows_of("dialects", texts.dialects, {"city_code", "dialect"})))
    dialects[row[0]] = row[1];
  for (const auto& row : SHOUYUE_TRY(rows_of("cities", texts.cities, {"city_code", "area_code", "line_digits"}))) {
    const auto code = number(row[0]);
    const auto line_digits = number(row[2]);
    if (!code || !line_digits || !names.contains(*code) || counties[*code / 100].size() < 2)
      return broken("cities", row[0]);
    const int province = *code / 10000 * 10000;
    const bool municipality = names[*code] == "市辖区";
    const std::string_view dialect = dialects[row[0]];
    tables.cities.push_back({.code = *code,
                             .name = municipality ? names[province] : names[*code],
                             .province_code = province,
                             .province = names[province],
                             .area_code = std::string(row[1]),
                             .line_digits = *line_digits,
                             .dialect = is_mandarin(dialect) ? std::string() : std::string(dialect),
                             .counties = counties[*code / 100]});
  }
  if (tables.cities.empty()) return broken("cities", "no city");
  return {};
}

int thousandths(Decimal value) { return static_cast<int>(value.in_millionths() / 1000); }

Result<void> read_call_shapes(std::string_view text, CallShapes& shapes) {
  shapes.by_hour.assign(24, 0);
  std::vector<std::int64_t> cases_by_calls;
  for (const auto& row : SHOUYUE_TRY(rows_of("call_shapes", text, {"shape", "key", "value"}))) {
    const Decimal value = SHOUYUE_TRY(Decimal::parse(row[2]));
    const int whole = static_cast<int>(value.in_millionths() / 1'000'000);
    if (row[0] == "cases_by_calls_needed") {
      cases_by_calls.push_back(value.in_millionths());
    } else if (row[0] == "calls_by_hour") {
      const auto hour = number(row[1]);
      if (!hour || *hour < 0 || *hour > 23) return broken("call_shapes", row[1]);
      shapes.by_hour[static_cast<std::size_t>(*hour)] = static_cast<int>(value.in_millionths() / 100);
    } else {
      Quantiles& quantiles = row[0] == "conversation_seconds" ? shapes.conversation
                             : row[0] == "short_call_seconds" ? shapes.short_call
                                                              : shapes.wait;
      quantiles.shares.push_back(thousandths(SHOUYUE_TRY(Decimal::parse(row[1]))));
      quantiles.seconds.push_back(whole);
    }
  }
  std::int64_t remaining = 0;
  for (const auto share : cases_by_calls) remaining += share;
  for (const auto share : cases_by_calls) {
    shapes.reached.push_back(static_cast<int>(share * 1000 / std::max<std::int64_t>(remaining, 1)));
    remaining -= share;
  }
  if (shapes.reached.size() < 2) return broken("call_shapes", "cases_by_calls_needed");
  shapes.reached.pop_back();  // the last class is open-ended and says nothing about one call
  return {};
}

}  // namespace

int Quantiles::draw(Random& random) const {
  const int share = random.below(1000);
  int low_share = 0, low_seconds = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (share < shares[i])
      return low_seconds + (seconds[i] - low_seconds) * (share - low_share) / (shares[i] - low_share);
    low_share = shares[i];
    low_seconds = seconds[i];
  }
  return low_seconds;
}

Result<Tables> read_tables(const DataTexts& texts) {
  Tables tables;
  SHOUYUE_CHECK(read_names(texts, tables));
  SHOUYUE_CHECK(read_cities(texts, tables));
  SHOUYUE_CHECK(read_call_shapes(texts.call_shapes, tables.calls));
  return tables;
}

}  // namespace shouyue::demo
