#pragma once

#include <functional>
#include <string>
#include <vector>

#include <toml++/toml.h>

#include "calendar/working_calendar.hpp"
#include "regime/rule_books.hpp"

namespace shouyue::app {

struct CaseOutcome {
  std::string file;
  int line = 0;
  std::string name;
  std::vector<std::string> problems;  // empty: as expected
};

// One file of cases.
struct CaseFile {
  std::string name;
  toml::table contents;  // lists of [[case]], [[score]], [[indicator]]
  std::string example;   // text of the book over the tested one that its cases are derived under; empty: none
};

// Runs case after case for as long as `keep` wants another one. `books` holds `book`.
void run_cases(const regime::Regime& book, const regime::RuleBooks& books, const calendar::WorkingCalendar& calendar,
               const CaseFile& file, const std::function<bool(CaseOutcome)>& keep);

}  // namespace shouyue::app
