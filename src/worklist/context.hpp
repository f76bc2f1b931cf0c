#pragma once

#include <cstdint>

#include "calendar/working_calendar.hpp"
#include "expr/expression.hpp"
#include "insurer/visible.hpp"
#include "regime/rule_books.hpp"

namespace shouyue::worklist {

// What every derivation about one policy reads. `facts` holds only what has happened by the moment asked about.
struct Context {
  insurer::VisibleFacts facts;
  const insurer::Surroundings& surroundings;
  const regime::RuleBooks& books;
  const calendar::WorkingCalendar& calendar;  // of the policy's organisation
  expr::Row policy_row;                       // regime::policy_row of the facts
  std::uint64_t defects = 0;                  // bits of regime::intake_defects() that the policy came in with
  // The day that picks dated values.
  Date governing() const { return facts.policy.issued_on; }
};

// Clauses in the order in which they decided, each once.
class Rules {
 public:
  void add(const regime::Clause& clause) {
    for (const regime::Clause* known : clauses_)
      if (known == &clause) return;
    clauses_.push_back(&clause);
  }
  void add(const std::vector<const regime::Clause*>& clauses) {
    for (const auto* clause : clauses) add(*clause);
  }
  const std::vector<const regime::Clause*>& list() const { return clauses_; }

 private:
  std::vector<const regime::Clause*> clauses_;
};

}  // namespace shouyue::worklist
