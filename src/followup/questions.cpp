#include "followup/questions.hpp"

namespace shouyue::followup {

std::vector<const regime::Question*> questions_for(const regime::Questionnaire& questionnaire,
                                                   const expr::Row& policy_row) {
  std::vector<const regime::Question*> asked;
  for (const regime::Question& question : questionnaire.questions)
    if (question.when.holds(policy_row)) asked.push_back(&question);
  return asked;
}

}  // namespace shouyue::followup
