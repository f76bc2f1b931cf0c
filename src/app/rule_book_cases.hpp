#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/rule_book_files.hpp"

// The cases beside a rule book, `regimes/<id>/cases/*.toml`: given facts, expected result or refusal, and the source.
// docs/reference/rule-book-cases.md describes the files.
namespace shouyue::app {

struct CaseOutcome {
  std::string file;
  int line = 0;
  std::string name;
  std::vector<std::string> problems;  // empty: as expected
};

struct CasesReport {
  std::vector<CaseOutcome> cases;
  std::vector<std::string> untouched;  // clauses that the book states itself and no case of it touches
  std::size_t failed() const;
};

// Runs all cases of a book. Errors: those of load_rule_book and load_calendar; cases.none (a book without cases);
// cases.syntax, cases.unknown_key (a case that cannot be read).
Result<CasesReport> run_rule_book_cases(const Home& home, const std::string& id);

}  // namespace shouyue::app
