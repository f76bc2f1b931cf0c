#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "regime/regime.hpp"

// From the text of rule books to a checked `Regime`. Reads no files: the caller brings their contents.
namespace shouyue::regime {

struct Source {
  std::string path;  // as it shall appear in messages
  std::string text;
};

// One thing that is wrong with a rule book. `rule` is stable: `regime.unknown_key`, `regime.missing_key` …
// All rules and what to do about them: docs/reference/rule-books.md.
struct Issue {
  std::string rule;
  std::string file;
  int line = 0;    // from 1; 0 when the whole file is meant
  int column = 0;  // from 1, in characters
  std::string en;
  std::string zh;
};

// `regimes/x/regime.toml:12:8: regime.missing_key: …`
std::string text_of(const Issue& issue);

struct Loaded {
  std::shared_ptr<const Regime> regime;  // empty when there are issues
  std::vector<Issue> issues;             // all at once, by file and line
};

// `layers`: the files of each book, base-most first, the book itself last. Files of one book are merged.
Loaded load(const std::vector<std::vector<Source>>& layers);

// What the `[regime]` table says of itself, to find the layers below it.
struct Heading {
  std::string id;
  std::string extends;  // empty: none
};
// Errors: regime.syntax, regime.missing_key.
Result<Heading> heading_of(const std::vector<Source>& book);

}  // namespace shouyue::regime
