#include "app/profile.hpp"

#include "app/toml_table.hpp"

namespace shouyue::app {
namespace {

Assignment assignment_of(TomlTable table) {
  table.allow({"regime", "channel", "region", "product_type", "issued_from", "issued_to"});
  return {.regime = table.text("regime"),
          .channel = table.word<insurer::Channel>("channel"),
          .region = table.region("region"),
          .product_type = table.word<insurer::ProductType>("product_type"),
          .issued_from = table.date("issued_from"),
          .issued_to = table.date("issued_to")};
}

OfficeCalendar calendar_of(TomlTable table) {
  table.allow({"id", "make_up_days", "orgs"});
  const std::vector<std::string> orgs = table.texts("orgs");
  return {.id = table.text("id"), .make_up_days = table.flag("make_up_days", true), .orgs = {orgs.begin(), orgs.end()}};
}

Seat seat_of(TomlTable table) {
  table.allow({"id", "languages", "legs"});
  Seat seat{.id = table.text("id"), .languages = {}, .legs = {}};
  for (std::string& language : table.texts("languages")) seat.languages.insert(std::move(language));
  for (const std::string& name : table.texts("legs")) {
    const auto leg = insurer::from_word<insurer::Leg>(name);
    if (leg)
      seat.legs.insert(*leg);
    else
      table.wrong("legs", "a list of legs of follow-up", "回访环节列表");
  }
  return seat;
}

}  // namespace

Result<Profile> read_profile(std::string_view text, const std::string& path) {
  const toml::table root = SHOUYUE_TRY(parse_toml(text, path));
  std::optional<Error> error;
  TomlTable table(root, path, error);
  table.allow({"insurer", "assign", "calendars", "seats"});
  Profile profile;
  profile.insurer = table.text("insurer");
  table.each("assign", [&](TomlTable entry) { profile.assign.push_back(assignment_of(std::move(entry))); });
  table.each("calendars", [&](TomlTable entry) { profile.calendars.push_back(calendar_of(std::move(entry))); });
  table.each("seats", [&](TomlTable entry) { profile.seats.push_back(seat_of(std::move(entry))); });
  if (!error && profile.assign.empty())
    return refuse(Errc::invalid_input, "profile.missing_key", path + ": 'assign' must name at least one rule book",
                  path + "：assign 至少要指定一个制度");
  if (error) return std::unexpected(*error);
  return profile;
}

}  // namespace shouyue::app
