#include "regime/crosswalk.hpp"

#include <algorithm>

#include "expr/near_match.hpp"
#include "regime/item.hpp"

namespace shouyue::regime {
namespace {

std::vector<std::string> groups_of(const Regime& book) {
  std::vector<std::string> words;
  if (book.outcome)
    for (const ReasonGroup& group : book.outcome->groups) words.push_back(group.id);
  return words;
}

std::vector<std::string> tickets_of(const Regime& book) {
  std::vector<std::string> words;
  for (const auto& [kind, rule] : book.tickets) {
    words.emplace_back(insurer::code_of(kind));
    for (const Subtype& subtype : rule.subtypes)
      words.push_back(std::string(insurer::code_of(kind)) + "/" + subtype.id);
  }
  return words;
}

std::vector<std::string> classes_of(const Regime& book) {
  std::vector<std::string> words;
  if (book.outcome)
    for (const OutcomeRule& rule : book.outcome->rules) {
      const std::string word(insurer::code_of(rule.result_class));
      if (!word.empty() && std::ranges::find(words, word) == words.end()) words.push_back(word);
    }
  return words;
}

void check_word(const Crosswalk& crosswalk, const Regime& book, std::string_view list, const std::string& word,
                std::vector<Issue>& issues) {
  const auto known = words_of(book, list);
  if (std::ranges::find(known, word) != known.end()) return;
  const auto near = expr::near_matches(word, {known.begin(), known.end()});
  const Place place{.book = "", .file = crosswalk.clause.file, .line = crosswalk.clause.line, .column = 1};
  issues.push_back(issue_at(place, "regime.crosswalk_word",
                            crosswalk.clause.id + "." + std::string(list) + ": '" + book.id + "' has no '" + word +
                                "'" + expr::did_you_mean(near),
                            crosswalk.clause.id + "." + std::string(list) + "：“" + book.id + "”没有“" + word + "”" +
                                expr::did_you_mean_in_chinese(near)));
}

// A subtype goes with its kind.
bool is_reached(const std::vector<std::string>& reached, const std::string& word) {
  return std::ranges::find(reached, word) != reached.end() ||
         std::ranges::find(reached, word.substr(0, word.find('/'))) != reached.end();
}

}  // namespace

std::vector<std::string> words_of(const Regime& book, std::string_view list) {
  if (list == "reason_group") return groups_of(book);
  return list == "ticket" ? tickets_of(book) : classes_of(book);
}

std::optional<std::string> counterpart(const Crosswalk& crosswalk, std::string_view list, std::string_view word) {
  const auto words = crosswalk.words.find(std::string(list));
  if (words == crosswalk.words.end()) return std::nullopt;
  if (const auto own = words->second.find(std::string(word)); own != words->second.end()) return own->second;
  const auto kind = words->second.find(std::string(word.substr(0, word.find('/'))));
  return kind == words->second.end() ? std::nullopt : std::optional(kind->second);
}

const Crosswalk* find_crosswalk(const Regime& book, std::string_view other) {
  const auto found = std::ranges::find(book.crosswalks, other, &Crosswalk::other);
  return found == book.crosswalks.end() ? nullptr : &*found;
}

std::vector<CrosswalkRow> crosswalk_rows(const Regime& book, const Crosswalk& crosswalk, const Regime& other) {
  std::vector<CrosswalkRow> rows;
  for (const std::string_view list : crosswalk_lists) {
    std::vector<std::string> reached;
    for (const std::string& word : words_of(book, list)) {
      reached.push_back(counterpart(crosswalk, list, word).value_or(""));
      rows.push_back({std::string(list), word, reached.back()});
    }
    for (const std::string& word : words_of(other, list))
      if (!is_reached(reached, word)) rows.push_back({std::string(list), "", word});
  }
  return rows;
}

void check_crosswalk(const Regime& book, const Crosswalk& crosswalk, std::vector<Issue>& issues) {
  for (const auto& [list, pairs] : crosswalk.words)
    for (const auto& [here, there] : pairs) check_word(crosswalk, book, list, here, issues);
}

void check_counterparts(const Crosswalk& crosswalk, const Regime& other, std::vector<Issue>& issues) {
  for (const auto& [list, pairs] : crosswalk.words)
    for (const auto& [here, there] : pairs) check_word(crosswalk, other, list, there, issues);
}

}  // namespace shouyue::regime
