#pragma once

#include <map>
#include <string>
#include <vector>

#include "expr/expression.hpp"
#include "regime/regime.hpp"

namespace shouyue::followup {

// What was answered so far, by the id of the question.
using Answers = std::map<std::string, insurer::AnswerOption, std::less<>>;

struct Interview {
  std::vector<const regime::Question*> asked;  // in order; those that the answers have not decided against yet
  const regime::Question* ended_by = nullptr;  // its answer ends the interview: it is the last of `asked`
};

// The questions for a policy after these answers, by `policy_row` (a regime::policy_row). An answer to a question that
// is not asked counts for nothing.
Interview interview(const regime::Questionnaire& questionnaire, const expr::Row& policy_row, const Answers& answers);

// The doubts that the answers leave, in the order of the questions asked, each once.
std::vector<insurer::Finding> doubts(const Interview& interview, const Answers& answers);

}  // namespace shouyue::followup
