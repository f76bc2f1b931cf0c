#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/instant.hpp"
#include "base/seeded_random.hpp"
#include "insurer/formats.hpp"

namespace simulation {

// A file as an insurer's systems would send it.
struct File {
  shouyue::insurer::FileKind kind;
  std::string text;
};

// What the insurer sees when it acts.
struct Seen {
  std::vector<std::pair<std::string, shouyue::insurer::Leg>> worklist;  // may be called now
  std::vector<std::string> open_tickets;                                // ids
};

// A small insurer made up by chance: few persons who share phones and policies, odd and missing dates, files that come
// late, twice, corrected and in any order.
class Life {
 public:
  Life(SeededRandom& random, shouyue::Date first_day) : random_(random), first_day_(first_day) {}

  std::vector<File> opening();
  // Calls made at `now` on some of the worklist, and others at moments when nobody should have called.
  std::vector<File> calls_at(shouyue::Instant now, const Seen& seen);
  // What else has become known by `now`.
  std::vector<File> news_by(shouyue::Instant now, const Seen& seen);

 private:
  bool chance(int percent) { return random_.below(100) < percent; }
  template <class List>
  const auto& any(const List& list) {
    return list[static_cast<std::size_t>(random_.below(static_cast<int>(list.size())))];
  }
  template <class Enum>
  std::string any_word();
  std::string maybe(int percent, const std::string& text) { return chance(percent) ? text : ""; }
  std::string day(shouyue::Date around, int before, int after);
  shouyue::Instant minute(shouyue::Date from, shouyue::Date until);

  std::string policy(const std::string& number);
  std::string attempt(const std::string& policy_no, shouyue::insurer::Leg leg, shouyue::Instant at);
  std::string receipt(const std::string& policy_no);
  std::string ticket_step(const Seen& seen, shouyue::Instant now);
  std::string change(shouyue::Instant now);
  void add(std::vector<File>& files, shouyue::insurer::FileKind kind, const std::string& head,
           const std::vector<std::string>& rows);

  SeededRandom& random_;
  shouyue::Date first_day_;
  std::vector<std::pair<std::string, shouyue::Date>> policies_;  // with the day of issue
  std::vector<File> sent_;
  int attempts_ = 0;
};

}  // namespace simulation
