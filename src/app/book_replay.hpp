#pragma once

#include <map>
#include <memory>

#include "app/policy_deriver.hpp"
#include "app/rows.hpp"

namespace shouyue::app {

// One policy judged by one book.
struct Verdict {
  Result<PolicyState> state;      // or why the book gives no answer
  int attempts_needed = 0;        // up to the attempt that decided a success, else all; no links
  std::optional<int> slots_left;  // of an open case: how many more attempts its leg allows, at most 99
};

// A rule book in the place of the assigned ones, on the facts as they are. What it has no section for stays with the
// assigned books. Every settlement up to the moment is made anew, each from all that is known, as one run at the moment
// would make them.
class BookReplay {
 public:
  struct Span {
    Date first_issued_on;       // of all policies: settlements begin there
    std::int64_t known_to = 0;  // the newest fact
    Instant at;
  };
  BookReplay(std::shared_ptr<const regime::Regime> book, const Span& span) : book_(std::move(book)), span_(span) {}

  // Not for two threads at once; a copy is a replay of its own. The same policy always gets the same verdict.
  Verdict judge(const LoadedPolicy& policy);
  // The same as rows, for a verdict of this replay.
  DerivedRows rows_of(const LoadedPolicy& policy, const Verdict& verdict);

 private:
  struct Rules {
    regime::RuleBooks books;
    std::vector<commission::Settlement> settlements;
  };
  const Rules& in_place_of(const regime::RuleBooks& assigned);

  std::shared_ptr<const regime::Regime> book_;
  Span span_;
  std::map<const regime::RuleBooks*, Rules> rules_;  // by the assigned books
};

}  // namespace shouyue::app
