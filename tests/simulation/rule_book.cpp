#include "simulation/rule_book.hpp"

#include <regex>
#include <set>

#include "app/rule_book_files.hpp"
#include "base/text.hpp"
#include "regime/load.hpp"

namespace simulation {

using namespace shouyue;

namespace {

// `value` of a parameter: one more, one less, or any of a fortnight.
std::string changed_number(const std::string& number, SeededRandom& random) {
  const int value = std::stoi(number);
  switch (random.below(5)) {
    case 0: return std::to_string(value + 1);
    case 1: return std::to_string(std::max(value - 1, 0));
    case 2: return std::to_string(random.below(15));
    default: return number;
  }
}

std::string changed_line(const std::string& line, SeededRandom& random) {
  static const std::regex value("value = ([0-9]+)\\b");
  std::string changed;
  auto from = line.cbegin();
  for (std::smatch match; std::regex_search(from, line.cend(), match, value); from = match.suffix().first) {
    changed += match.prefix().str() + "value = " + changed_number(match[1].str(), random);
  }
  return changed + std::string(from, line.cend());
}

using Lines = std::vector<std::string>;

Lines lines_of(const std::vector<regime::Source>& book, const std::string& id) {
  Lines lines;
  for (const regime::Source& source : book)
    for (const std::string_view line : split(source.text, '\n'))
      lines.push_back(line == "id = \"" + id + "\"" ? "id = \"changed\"" : std::string(line));
  return lines;
}

regime::Loaded load(std::vector<std::vector<regime::Source>> layers, const Lines& lines) {
  layers.back() = {{.path = "changed", .text = join(lines, "\n")}};
  return regime::load(layers);
}

}  // namespace

std::vector<std::string> follow_up_books(const app::Home& home) {
  std::vector<std::string> found;
  const auto ids = app::rule_book_ids(home).value();
  for (const std::string& id : ids) {
    const auto book = app::load_rule_book(home, id).value();
    if (book->followup && !book->followup->legs.empty()) found.push_back(id);
  }
  return found;
}

ChangedBook changed_book(const app::Home& home, const std::string& id, SeededRandom& random) {
  const auto layers = app::rule_book_layers(home, id).value();
  const Lines original = lines_of(layers.back(), id);
  Lines lines;
  for (const std::string& line : original) lines.push_back(changed_line(line, random));
  // An issue names the table it is about; the numbers from there to the next table go back.
  regime::Loaded loaded;
  while (loaded = load(layers, lines), !loaded.regime) {
    const Lines before = lines;
    for (const regime::Issue& issue : loaded.issues) {
      const auto at = static_cast<std::size_t>(std::max(issue.line, 1)) - 1;
      std::size_t from = at, until = at + 1;
      while (from > 0 && !lines[from].starts_with('[')) --from;
      while (until < lines.size() && !lines[until].starts_with('[')) ++until;
      for (std::size_t i = from; i < until; ++i) lines[i] = original[i];
    }
    if (lines == before) lines = original;
    if (before == original) throw Bug("a shipped book does not load under another id: " + loaded.issues.front().en);
  }
  return {.text = join(lines, "\n"), .binds_from = loaded.regime->binds_from};
}

}  // namespace simulation
