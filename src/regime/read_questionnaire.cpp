#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::regime {
namespace {

constexpr std::size_t words_of_set_max = 64;

// Left out: what a `no` means.
std::optional<insurer::Finding> read_finding_unclear(TableReader& entry, std::optional<insurer::Finding> of_no) {
  if (!entry.has("finding_unclear")) return of_no;
  std::vector<std::string_view> words;
  for (const insurer::Word& word : insurer::words<insurer::Finding>()) words.push_back(word.code);
  words.push_back("none");
  const std::size_t chosen = entry.choice("finding_unclear", words);
  if (chosen + 1 == words.size()) return std::nullopt;
  return static_cast<insurer::Finding>(chosen);
}

}  // namespace

std::optional<insurer::Finding> Question::finding_of(insurer::AnswerOption answer) const {
  switch (answer) {
    case insurer::AnswerOption::no: return finding;
    case insurer::AnswerOption::unclear: return finding_unclear;
    case insurer::AnswerOption::yes: break;
  }
  return std::nullopt;
}

Questionnaire read_questionnaire(TableReader& section) {
  Questionnaire questionnaire;
  questionnaire.version = section.text("version");
  std::vector<std::string> earlier;
  for_each_entry(section, "question", [&](TableReader& entry) {
    Question question;
    question.id = entry.text("id");
    question.clause = read_clause(entry);
    question.text = entry.text("text");
    question.text_en = entry.text("text_en");
    question.statutory = entry.flag("statutory");
    question.when = entry.condition("when", question_schema(earlier));
    if (entry.has("ends_on"))
      for (const auto option : entry.words<insurer::AnswerOption>("ends_on")) question.ends_on |= insurer::bit(option);
    question.finding = entry.word_if<insurer::Finding>("finding");
    question.finding_unclear = read_finding_unclear(entry, question.finding);
    question.explain = entry.text_if("explain").value_or("");
    question.explain_en = question.explain.empty() ? "" : entry.text("explain_en");
    if (question.when.text() == "false")
      entry.issue("when", "regime.unreachable", "[" + entry.path() + "] is never asked",
                  "[" + entry.path() + "] 永远不会被问到");
    if (earlier.size() < words_of_set_max) earlier.push_back(question.id);
    questionnaire.questions.push_back(std::move(question));
  });
  return questionnaire;
}

}  // namespace shouyue::regime
