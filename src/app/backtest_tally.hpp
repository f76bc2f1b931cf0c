#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/book_replay.hpp"

// What a backtest counts. Counts of parts of the policies add up to the counts of all, in any order.
namespace shouyue::app {

struct TicketCount {
  std::int64_t opened = 0, overdue = 0;
  TicketCount operator+(TicketCount other) const { return {opened + other.opened, overdue + other.overdue}; }
};

// All policies of the span under one book.
struct BookTotals {
  std::int64_t refused = 0;  // policies about which the book gives no answer
  std::int64_t in_scope = 0, succeeded = 0, in_time = 0, completed = 0;
  std::map<insurer::CaseStatus, std::int64_t> states;
  std::map<insurer::ResultClass, std::int64_t> classes;
  std::map<insurer::TicketKind, TicketCount> tickets;
  std::map<insurer::CommissionStatus, Money> commission;  // first-period commission by where it stands
  Money deducted;                                         // of what is released
  std::int64_t attempts_needed = 0;  // attempts made, those after the success that decided not counted
  std::int64_t open = 0;             // cases on which attempts may still be made
  std::int64_t slots_left = 0;       // attempts that their legs still allow, at most 99 a case

  void add(const Verdict& verdict);
  void add(const BookTotals& part);
};

// True when both give the same: every column of the exports of cases, tickets and commission but `regime` and `rules`.
bool is_same(const Verdict& base, const Verdict& candidate);

// A policy about which the two books differ.
struct Difference {
  std::string policy_no;
  DerivedRows base, candidate;
  std::vector<std::string_view> what;  // refused, state, leg, deadline, cooling_off_end, result_class, success,
                                       // completed, next_slot_from, tickets, commission
  // Ids of the clauses (of a refusal: its rule) that decided what differs and that the other book's decision does not
  // name; sorted.
  std::vector<std::string> base_only, candidate_only;
};
Difference difference(std::string policy_no, DerivedRows base, DerivedRows candidate);

struct Moves {
  std::int64_t gained = 0, lost = 0;
  Moves operator+(Moves other) const { return {gained + other.gained, lost + other.lost}; }
};

// The differing policies with one explanation.
struct ClauseGroup {
  std::int64_t policies = 0;
  std::vector<std::string> examples;  // numbers, the first ones in order of bucket and number
};

struct BacktestTally {
  std::int64_t policies = 0, differing = 0;
  BookTotals base, candidate;
  Moves success, in_time;
  std::map<std::pair<insurer::CaseStatus, insurer::CaseStatus>, std::int64_t> states;  // from, to; only changes
  std::map<std::pair<insurer::ResultClass, insurer::ResultClass>, std::int64_t> classes;
  std::map<std::pair<std::vector<std::string>, std::vector<std::string>>, ClauseGroup>
      groups;  // base_only, candidate_only

  void add(const Difference& difference, std::size_t examples_max);
  // `part` comes after all that was added before.
  void add(const BacktestTally& part, std::size_t examples_max);
};

}  // namespace shouyue::app
