#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/case_runner.hpp"
#include "app/rule_book_files.hpp"

// The cases beside a rule book, `regimes/<id>/cases/*.toml`: given facts, expected result or refusal, and the source.
// docs/reference/rule-book-cases.md describes the files.
namespace shouyue::app {

struct CasesReport {
  std::vector<CaseOutcome> cases;
  std::vector<std::string> untouched;  // clauses that the book states itself and whose change no case notices
  std::vector<std::string> unnoticed;  // single changes that no case notices, with their place
  std::size_t failed() const;
};

// What is changed in the book to see whether its cases notice: until a change of each clause was noticed, or
// everything.
enum class Probe : std::uint8_t { each_clause, each_value };

// Runs all cases of a book, then runs them again over changed copies of it, each until the first case fails. A change
// that no longer loads is passed over. With Probe::each_clause `unnoticed` stays empty. Changes are not tried while a
// case fails. Errors: those of load_rule_book and load_calendar; cases.none (a book without cases);
// cases.syntax; cases.example (that of a file does not load).
Result<CasesReport> run_rule_book_cases(const Home& home, const std::string& id, Probe probe);

}  // namespace shouyue::app
