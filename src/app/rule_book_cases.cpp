#include "app/rule_book_cases.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>

#include <toml++/toml.h>

#include "app/rule_book_changes.hpp"
#include "regime/rule_books.hpp"
#include "regime/show.hpp"

namespace shouyue::app {
namespace {

namespace fs = std::filesystem;

using Layers = std::vector<std::vector<regime::Source>>;

// The `[example]` of a file of cases as a book of its own over the tested one.
std::string example_text(const toml::table& example, const regime::Regime& below) {
  toml::table book = example;
  const Date from = below.binds_from;
  book.insert("regime", toml::table{{"id", "example"},
                                    {"title", below.title},
                                    {"title_en", below.title_en},
                                    {"source", below.source},
                                    {"extends", below.id},
                                    {"binds_from", toml::date{from.year(), from.month(), from.day()}}});
  std::ostringstream text;
  text << toml::toml_formatter{book};
  return text.str();
}

Result<CaseFile> read_case_file(const fs::path& path, const std::string& name, const regime::Regime& book) {
  try {
    CaseFile file{.name = name, .contents = toml::parse_file(path.string()), .example = {}};
    if (const auto* example = file.contents["example"].as_table()) {
      file.example = example_text(*example, book);
      file.contents.erase("example");
    }
    return file;
  } catch (const toml::parse_error& error) {
    const std::string place =
        name + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description());
    return refuse(Errc::invalid_input, "cases.syntax", place, place);
  }
}

Result<std::vector<CaseFile>> read_cases(const fs::path& folder, const regime::Regime& book) {
  std::vector<fs::path> paths;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<CaseFile> files;
  for (const fs::path& path : paths)
    files.push_back(SHOUYUE_TRY(read_case_file(path, book.id + "/cases/" + path.filename().string(), book)));
  return files;
}

using Book = std::shared_ptr<const regime::Regime>;

// The book that the cases of a file are derived under: the tested one, or the file's example over its layers.
// Errors: cases.example (it does not load).
Result<Book> book_of(const CaseFile& file, const Book& tested, Layers layers) {
  if (file.example.empty()) return tested;
  layers.push_back({{.path = file.name, .text = file.example}});
  const regime::Loaded loaded = regime::load(layers);
  if (loaded.regime) return loaded.regime;
  const std::string first = text_of(loaded.issues.front());
  return refuse(Errc::invalid_input, "cases.example", first, first);
}

Result<void> run_file(const CaseFile& file, const Book& tested, const Layers& layers,
                      const calendar::WorkingCalendar& calendar, const std::function<bool(CaseOutcome)>& keep) {
  const Book book = SHOUYUE_TRY(book_of(file, tested, layers));
  const auto books = SHOUYUE_TRY(regime::combine({book}));
  run_cases(*book, books, calendar, file, keep);
  return {};
}

bool some_case_fails(const std::vector<CaseFile>& files, const Book& tested, const Layers& layers,
                     const calendar::WorkingCalendar& calendar) {
  return std::ranges::any_of(files, [&](const CaseFile& file) {
    bool failed = false;
    const auto run = run_file(file, tested, layers, calendar, [&failed](const CaseOutcome& outcome) {
      failed = !outcome.problems.empty();
      return !failed;
    });
    return run && failed;
  });
}

// Changes the book's own layer again and again and notes what the cases do not notice. A clause in which nothing can be
// changed says nothing that a case could try.
void try_changes(const regime::Regime& book, Layers layers, const calendar::WorkingCalendar& calendar,
                 const std::vector<CaseFile>& files, Probe probe, CasesReport& report) {
  std::set<std::string> own, changed, noticed;
  for (const regime::Clause* clause : book.clauses)
    if (clause->id.starts_with(book.id + "/")) own.insert(clause->id);
  const std::vector<regime::Source> original = layers.back();
  each_change(original, own, [&](const BookChange& change) {
    if (probe == Probe::each_clause && noticed.contains(change.clause)) return;
    layers.back() = change.files;
    const Book other = regime::load(layers).regime;
    if (!other || regime::diff(book, *other).empty()) return;
    changed.insert(change.clause);
    if (some_case_fails(files, other, layers, calendar))
      noticed.insert(change.clause);
    else if (probe == Probe::each_value)
      report.unnoticed.push_back(change.file + ":" + std::to_string(change.line) + ": " + change.what);
  });
  std::ranges::set_difference(changed, noticed, std::back_inserter(report.untouched));
}

}  // namespace

std::size_t CasesReport::failed() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(cases, [](const CaseOutcome& one) { return !one.problems.empty(); }));
}

Result<CasesReport> run_rule_book_cases(const Home& home, const std::string& id, Probe probe) {
  const Layers layers = SHOUYUE_TRY(rule_book_layers(home, id));
  const Book book = SHOUYUE_TRY(load_rule_book(home, id));
  const auto calendar = SHOUYUE_TRY(load_calendar(home));
  const fs::path folder = SHOUYUE_TRY(rule_book_folder(home, id)) / "cases";
  const std::vector<CaseFile> files = SHOUYUE_TRY(read_cases(folder, *book));
  CasesReport report;
  for (const CaseFile& file : files)
    SHOUYUE_CHECK(run_file(file, book, layers, calendar, [&report](CaseOutcome outcome) {
      report.cases.push_back(std::move(outcome));
      return true;
    }));
  if (report.cases.empty())
    return refuse(Errc::not_found, "cases.none",
                  "no cases in regimes/" + id + "/cases; a rule book without cases is not tested",
                  "regimes/" + id + "/cases 中没有用例，制度须有用例");
  if (report.failed() == 0) try_changes(*book, layers, calendar, files, probe, report);
  return report;
}

}  // namespace shouyue::app
