#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/error.hpp"
#include "insurer/codes.hpp"

// The insurer profile, insurer.toml: which rule books govern which policies, which office keeps which calendar, who
// calls.
namespace shouyue::app {

// One rule book, for the policies that fit every condition given.
struct Assignment {
  std::string regime;
  std::optional<insurer::Channel> channel;
  std::optional<int> region;  // a code of two (province), four or six digits: all below it
  std::optional<insurer::ProductType> product_type;
  std::optional<Date> issued_from, issued_to;  // inclusive
};

struct OfficeCalendar {
  std::string id;
  bool make_up_days = true;    // false: weekend days that the notices make working days stay free
  std::set<std::string> orgs;  // with everything below them
};

struct Seat {
  std::string id;
  std::set<std::string> languages;  // dialects the seat speaks besides Mandarin
  std::set<insurer::Leg> legs;      // empty: all
};

struct Profile {
  std::string insurer;
  std::vector<Assignment> assign;
  std::vector<OfficeCalendar> calendars;
  std::vector<Seat> seats;
};

// Errors: profile.syntax, profile.unknown_key, profile.missing_key, profile.wrong_value; messages carry file and line.
Result<Profile> read_profile(std::string_view text, const std::string& path);

}  // namespace shouyue::app
