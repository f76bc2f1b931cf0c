#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "regime/load.hpp"

// A rule book with one thing in it changed: what its cases ought to notice.
namespace shouyue::app {

struct BookChange {
  std::string clause;  // the id of the clause that says something else now
  std::string file;
  int line = 0;
  std::string what;  // `values.0.value: 10 -> 11`, `opens: removed`
  std::vector<regime::Source> files;
};

// Calls `visit` for every change by one step of what the clauses of a book decide: numbers and days one up and one
// down, periods a minute wider and narrower, flags turned, words replaced by another one, conditions negated and their
// limits moved, everything that may be absent left out. Wording, citations, the order of legs and priorities stay.
// Whether the changed book still loads is not asked. `clauses` are the ids of the book's own clauses. The files must be
// readable.
void each_change(const std::vector<regime::Source>& files, const std::set<std::string>& clauses,
                 const std::function<void(const BookChange&)>& visit);

}  // namespace shouyue::app
