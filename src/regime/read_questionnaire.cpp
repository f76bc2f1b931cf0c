#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"
#include "regime/vocabulary.hpp"

namespace shouyue::regime {
namespace {

constexpr std::size_t words_of_set_max = 64;

}  // namespace

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
