#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "base/instant.hpp"
#include "insurer/facts.hpp"
#include "regime/rule_books.hpp"

namespace simulation {

// Days off and make-up working days, read by a few lines of their own.
class PlainCalendar {
 public:
  explicit PlainCalendar(std::string_view notices);
  bool is_working(shouyue::Date day) const;
  bool is_day_off_by_notice(shouyue::Date day) const { return days_off_.contains(day); }

 private:
  std::set<shouyue::Date> days_off_, working_;
};

// A policy whose case is open on a leg, as the rules for slots read it.
struct OpenCase {
  const shouyue::insurer::PolicyFacts& facts;
  const shouyue::insurer::Surroundings& surroundings;
  const shouyue::regime::RuleBooks& books;
  const shouyue::regime::Leg& leg;
  std::optional<shouyue::Instant> attempts_from = {};  // of a second visit: when its ticket was opened
  std::optional<shouyue::Instant> asked_for = {};      // by a holder who would not answer alone on the leg before
};

// Whether the text of the rules allows an attempt on the leg in that minute. Written from the text alone, one minute at
// a time, sharing nothing with the search for slots but the numbers of the book.
bool may_call(const OpenCase& open, shouyue::Instant minute, const PlainCalendar& calendar);

// The first such minute from `from`, looked for through `days` days.
std::optional<shouyue::Instant> first_minute(const OpenCase& open, shouyue::Instant from, int days,
                                             const PlainCalendar& calendar);

}  // namespace simulation
