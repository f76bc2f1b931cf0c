#include "followup/questions.hpp"

#include <algorithm>

#include "regime/vocabulary.hpp"

namespace shouyue::followup {
namespace {

using namespace regime;

constexpr std::size_t words_of_set_max = 64;

expr::Value& said(expr::Row& row, insurer::AnswerOption option) {
  return row[question_variable::said_yes + static_cast<std::size_t>(option)];
}

}  // namespace

Interview interview(const Questionnaire& questionnaire, const expr::Row& policy_row, const Answers& answers) {
  Interview interview;
  expr::Row row = policy_row;
  row.resize(question_variable::count, {});
  for (std::size_t n = 0; n < questionnaire.questions.size(); ++n) {
    const Question& question = questionnaire.questions[n];
    if (!question.when.holds(row)) continue;
    interview.asked.push_back(&question);
    const auto answer = answers.find(question.id);
    if (answer == answers.end()) continue;
    if (n < words_of_set_max) said(row, answer->second).amount |= std::int64_t{1} << n;
    if ((question.ends_on & insurer::bit(answer->second)) == 0) continue;
    interview.ended_by = &question;
    return interview;
  }
  return interview;
}

std::vector<insurer::Finding> doubts(const Interview& interview, const Answers& answers) {
  std::vector<insurer::Finding> doubts;
  for (const Question* question : interview.asked) {
    const auto answer = answers.find(question->id);
    if (answer == answers.end()) continue;
    const auto finding = question->finding_of(answer->second);
    if (finding && std::ranges::find(doubts, *finding) == doubts.end()) doubts.push_back(*finding);
  }
  return doubts;
}

}  // namespace shouyue::followup
