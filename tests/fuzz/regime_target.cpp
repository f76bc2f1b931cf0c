// A rule book from any text is loaded or refused with issues that say where; what is loaded answers for every day.
#include <string>
#include <vector>

#include "fuzz/input.hpp"
#include "regime/book_text.hpp"
#include "regime/condition_words.hpp"
#include "regime/load.hpp"
#include "regime/show.hpp"

using namespace shouyue;
using namespace shouyue::regime;

namespace {

void check_asked(const Regime& book) {
  if (!book.followup) return;
  const expr::Row nothing_known(book.attempt_schema.size(), expr::Value{.missing = true});
  for (const int year : {1, 2009, 2010, 2021, 9999}) {
    const auto answer = book.followup->cooling_off.count.on(*Date::from_civil(year, 1, 1), nothing_known);
    if (!answer) ensure_is_told(answer.error());
  }
}

void check_said(const Regime& book) {
  const BookConditions conditions(book);
  const auto check = [&](const std::string& condition) {
    const Wording words = conditions.in_words(condition);
    ensure(!words.zh.empty() && !words.en.empty(), "a condition without words");
  };
  for (const Statement& statement : book.statements) {
    for (const StatedValue& value : statement.values)
      if (!value.when.empty()) check(value.when);
    for (const auto& [key, value] : statement.settings)
      if (BookConditions::is_condition(key)) check(value);
  }
}

void check(const std::vector<std::vector<Source>>& layers) {
  const Loaded loaded = load(layers);
  ensure((loaded.regime == nullptr) == !loaded.issues.empty(), "loaded and refused at once, or neither");
  for (const Issue& issue : loaded.issues) {
    ensure(issue.rule.starts_with("regime.") || issue.rule.starts_with("expr."), "an issue without a rule");
    ensure(!issue.en.empty() && !issue.zh.empty() && !text_of(issue).empty(), "an issue without words");
    ensure(!issue.file.empty() && issue.line >= 0 && issue.column >= 0, "an issue without a place");
  }
  if (!loaded.regime) return;
  const Loaded again = load(layers);
  ensure(again.regime && again.regime->version == loaded.regime->version, "one text has two versions");
  ensure(diff(*loaded.regime, *again.regime).empty(), "a rule book differs from itself");
  ensure(!show(*loaded.regime, Language::en).empty() && !show(*loaded.regime, Language::zh).empty(),
         "a rule book without words");
  check_asked(*loaded.regime);
  check_said(*loaded.regime);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<Source> book = {{.path = "regimes/fuzzed/regime.toml", .text = std::string(text_of(data, size))}};
  const auto heading = heading_of(book);
  if (!heading) ensure_is_told(heading.error());
  if (heading && !heading->extends.empty())
    check({{{.path = "regimes/small/regime.toml", .text = fixture::whole_book()}}, book});
  else
    check({book});
  return 0;
}
