#include "regime/read_clause.hpp"
#include "regime/read_section.hpp"

namespace shouyue::regime {

Questionnaire read_questionnaire(TableReader& section) {
  Questionnaire questionnaire;
  questionnaire.version = section.text("version");
  for_each_entry(section, "question", [&](TableReader& entry) {
    Question question;
    question.id = entry.text("id");
    question.clause = read_clause(entry);
    question.text = entry.text("text");
    question.text_en = entry.text("text_en");
    question.statutory = entry.flag("statutory");
    question.when = entry.condition("when", entry.reading().policy);
    question.finding = entry.word_if<insurer::Finding>("finding");
    question.explain = entry.text_if("explain").value_or("");
    question.explain_en = question.explain.empty() ? "" : entry.text("explain_en");
    if (question.when.text() == "false")
      entry.issue("when", "regime.unreachable", "[" + entry.path() + "] is never asked",
                  "[" + entry.path() + "] 永远不会被问到");
    questionnaire.questions.push_back(std::move(question));
  });
  return questionnaire;
}

}  // namespace shouyue::regime
