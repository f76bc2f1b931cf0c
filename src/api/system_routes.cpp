#include "api/system_routes.hpp"

#include <map>

#include "api/answer.hpp"
#include "api/download.hpp"
#include "api/noted_export.hpp"
#include "api/query.hpp"
#include "app/organisation_part.hpp"

namespace shouyue::api {
namespace {

struct OrganisationAnswer {
  std::string code, name, level, parent_code;
  std::optional<int> region_code;
  std::optional<Date> valid_from, valid_to;
};
BOOST_DESCRIBE_STRUCT(OrganisationAnswer, (), (code, name, level, parent_code, region_code, valid_from, valid_to))

struct OrganisationList {
  Date on;
  std::vector<OrganisationAnswer> rows;
};
BOOST_DESCRIBE_STRUCT(OrganisationList, (), (on, rows))

struct AssignmentAnswer {
  std::string regime, title, title_en, version;
  Date binds_from;
  std::optional<std::string> channel, product_type;
  std::optional<int> region;
  std::optional<Date> issued_from, issued_to;
};
BOOST_DESCRIBE_STRUCT(AssignmentAnswer, (),
                      (regime, title, title_en, version, binds_from, channel, product_type, region, issued_from,
                       issued_to))

struct SeatAnswer {
  std::string id;
  std::vector<std::string> languages, legs, accounts;
};
BOOST_DESCRIBE_STRUCT(SeatAnswer, (), (id, languages, legs, accounts))

struct OfficeCalendarAnswer {
  std::string id;
  bool make_up_days = true;
  std::vector<std::string> orgs;
};
BOOST_DESCRIBE_STRUCT(OfficeCalendarAnswer, (), (id, make_up_days, orgs))

struct SignInLimits {
  std::int64_t idle_seconds = access::idle_seconds_max, seconds = access::sign_in_seconds_max,
               lock_seconds = access::lock_seconds;
  int failures = access::failures_max;
};
BOOST_DESCRIBE_STRUCT(SignInLimits, (), (idle_seconds, seconds, lock_seconds, failures))

struct Settings {
  std::string insurer, profile;
  std::vector<AssignmentAnswer> assignments;
  std::vector<SeatAnswer> seats;
  std::vector<std::string> seats_unknown;  // of accounts, and not in the profile
  std::vector<OfficeCalendarAnswer> calendars;
  Date calendar_from, calendar_to;
  SignInLimits sign_in;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (insurer, profile, assignments, seats, seats_unknown, calendars, calendar_from, calendar_to,
                       sign_in))

template <class Enum>
std::optional<std::string> word_of(const std::optional<Enum>& value) {
  if (!value) return std::nullopt;
  return std::string(code_of(*value));
}

std::vector<AssignmentAnswer> assignments_of(const app::PolicyDeriver& deriver) {
  std::vector<AssignmentAnswer> answers;
  const auto& assigned = deriver.profile().assign;
  for (std::size_t n = 0; n < assigned.size(); ++n) {
    const app::Assignment& assignment = assigned[n];
    const regime::Regime& book = *deriver.books().books()[n];
    answers.push_back({.regime = book.id,
                       .title = book.title,
                       .title_en = book.title_en,
                       .version = book.version,
                       .binds_from = book.binds_from,
                       .channel = word_of(assignment.channel),
                       .product_type = word_of(assignment.product_type),
                       .region = assignment.region,
                       .issued_from = assignment.issued_from,
                       .issued_to = assignment.issued_to});
  }
  return answers;
}

// Who sits where, by seat.
Result<std::map<std::string, std::vector<std::string>>> accounts_by_seat(app::Store& store) {
  std::map<std::string, std::vector<std::string>> names;
  SHOUYUE_CHECK(store.accounts().each_account([&](access::Account& account) -> Result<void> {
    if (!account.seat.empty() && !account.is_disabled) names[account.seat].push_back(account.name);
    return {};
  }));
  return names;
}

Result<void> add_seats(Call& call, Settings& settings) {
  auto accounts = SHOUYUE_TRY(accounts_by_seat(call.session.store));
  for (const app::Seat& seat : call.deriver.profile().seats) {
    SeatAnswer answer{.id = seat.id,
                      .languages = {seat.languages.begin(), seat.languages.end()},
                      .legs = {},
                      .accounts = accounts[seat.id]};
    for (const insurer::Leg leg : seat.legs) answer.legs.emplace_back(code_of(leg));
    accounts.erase(seat.id);
    settings.seats.push_back(std::move(answer));
  }
  if (call.deriver.profile().seats.empty()) return {};  // then every seat may call
  for (const auto& [seat, names] : accounts) settings.seats_unknown.push_back(seat);
  return {};
}

Result<http::Response> organisation_file(const OrganisationList& list, const std::string& format) {
  std::vector<std::vector<std::string>> rows{
      {"code", "name", "level", "parent_code", "region_code", "valid_from", "valid_to"}};
  const auto text = [](const std::optional<Date>& day) { return day ? day->text() : ""; };
  for (const OrganisationAnswer& row : list.rows)
    rows.push_back({row.code, row.name, row.level, row.parent_code,
                    row.region_code ? std::to_string(*row.region_code) : "", text(row.valid_from), text(row.valid_to)});
  return download_table("organisations-" + list.on.text() + "." + format, rows);
}

}  // namespace

// Of the own organisation and below it.
Result<http::Response> list_organisations(Call& call) {
  const auto on = SHOUYUE_TRY(date_asked(call.request, "on"));
  const std::string format = SHOUYUE_TRY(format_asked(call.request, {"csv", "xlsx"}));
  const app::Directory& directory = call.deriver.directory();
  app::OrganisationPart own(directory, call.person->account.org_code, call.session.now.date());
  OrganisationList list{.on = on.value_or(call.session.now.date()), .rows = {}};
  for (const insurer::Organisation* organisation : directory.all(list.on))
    if (own.holds(organisation->code))
      list.rows.push_back({.code = organisation->code,
                           .name = organisation->name,
                           .level = std::string(code_of(organisation->level)),
                           .parent_code = organisation->parent_code,
                           .region_code = organisation->region_code,
                           .valid_from = organisation->valid_from,
                           .valid_to = organisation->valid_to});
  if (format.empty()) return answer(list);
  SHOUYUE_CHECK(note_download(call, "organisations", format, static_cast<std::int64_t>(list.rows.size())));
  return organisation_file(list, format);
}

Result<http::Response> show_settings(Call& call) {
  const app::Profile& profile = call.deriver.profile();
  Settings settings{.insurer = profile.insurer,
                    .profile = call.session.profile_path.filename().string(),
                    .assignments = assignments_of(call.deriver),
                    .seats = {},
                    .seats_unknown = {},
                    .calendars = {},
                    .calendar_from = call.deriver.calendar().covered_from(),
                    .calendar_to = call.deriver.calendar().covered_to(),
                    .sign_in = {}};
  for (const app::OfficeCalendar& calendar : profile.calendars)
    settings.calendars.push_back({calendar.id, calendar.make_up_days, {calendar.orgs.begin(), calendar.orgs.end()}});
  SHOUYUE_CHECK(add_seats(call, settings));
  return answer(settings);
}

}  // namespace shouyue::api
