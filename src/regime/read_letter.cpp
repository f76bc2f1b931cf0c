#include "regime/placeholders.hpp"
#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {
namespace {

std::vector<std::string> read_paragraphs(TableReader& entry, const std::string& key) {
  std::vector<std::string> paragraphs = entry.texts(key);
  for (const std::string& paragraph : paragraphs)
    for (const std::string& name : unknown_placeholders(paragraph))
      entry.issue(key, "regime.unknown_placeholder", "[" + entry.path() + "] '" + key + "' has no {" + name + "}",
                  "[" + entry.path() + "] “" + key + "”没有占位符 {" + name + "}");
  return paragraphs;
}

}  // namespace

std::vector<Letter> read_letters(TableReader& top) {
  std::vector<Letter> letters;
  ReachCheck reach;
  for_each_entry(top, "letter", [&](TableReader& entry) {
    Letter letter{.id = entry.text("id"), .clause = read_clause(entry), .when = {}, .opening = {}, .closing = {}};
    letter.when = entry.condition("when", entry.reading().policy);
    letter.opening = read_paragraphs(entry, "opening");
    letter.closing = read_paragraphs(entry, "closing");
    reach.add(entry, letter.when);
    letters.push_back(std::move(letter));
  });
  return letters;
}

}  // namespace shouyue::regime
