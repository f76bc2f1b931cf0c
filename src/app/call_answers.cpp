#include "app/call_answers.hpp"

#include <algorithm>

namespace shouyue::app {
namespace {

const regime::Question* find(const regime::Questionnaire& questionnaire, const std::string& id) {
  const auto found = std::ranges::find(questionnaire.questions, id, &regime::Question::id);
  return found == questionnaire.questions.end() ? nullptr : &*found;
}

Result<void> check(const followup::Interview& interview, const followup::Answers& answers,
                   const InterviewClaim& claim) {
  for (const regime::Question* question : interview.asked) {
    const auto answer = answers.find(question->id);
    if (answer == answers.end()) {
      if (claim.interview != insurer::Interview::complete) continue;
      return refuse(Errc::rule_broken, "answers.incomplete",
                    "the interview is not complete: '" + question->clause.title_en + "' was not answered",
                    "问卷未完成：“" + question->clause.title + "”尚未回答");
    }
    const auto doubt = question->finding_of(answer->second);
    if (!doubt || (claim.findings & insurer::bit(*doubt)) != 0) continue;
    return refuse(Errc::rule_broken, "answers.finding_missing",
                  "the answer to '" + question->clause.title_en + "' leaves the doubt '" +
                      std::string(code_of(*doubt)) + "': say whether it was corrected or stays open",
                  "“" + question->clause.title + "”的回答留有疑问“" + std::string(zh_of(*doubt)) +
                      "”，请注明已当场更正还是未解决");
  }
  return {};
}

Entry entry_of(const std::string& policy_no, const std::string& attempt_id, const GivenAnswer& given,
               const regime::Question& question, const std::string& version, bool is_asked) {
  Entry entry{.kind = insurer::FileKind::answers,
              .fields = {{"policy_no", policy_no},
                         {"attempt_id", attempt_id},
                         {"question", given.question},
                         {"option", std::string(code_of(given.option))},
                         {"at", given.at.text()},
                         {"version", version},
                         {"wording", question.text}}};
  if (given.recording_offset) entry.fields.emplace_back("recording_offset", std::to_string(*given.recording_offset));
  if (!is_asked) entry.fields.emplace_back("not_applicable", "1");
  return entry;
}

}  // namespace

Result<std::vector<Entry>> answer_entries(Session& session, PolicyDeriver& deriver, const std::string& policy_no,
                                          const std::string& attempt_id, const std::vector<GivenAnswer>& given,
                                          const InterviewClaim& claim) {
  std::vector<Entry> entries;
  if (given.empty()) return entries;
  followup::Answers answers;
  for (const GivenAnswer& answer : given) answers[answer.question] = answer.option;
  const Questions questions = SHOUYUE_TRY(app::questions(session, deriver, policy_no, answers));
  SHOUYUE_CHECK(check(questions.interview, answers, claim));
  for (const GivenAnswer& answer : given) {
    const regime::Question* question = find(*questions.questionnaire, answer.question);
    if (!question)
      return refuse(Errc::invalid_input, "answers.unknown_question",
                    "the questionnaire has no question '" + answer.question + "'",
                    "问卷中没有问题“" + answer.question + "”");
    const bool is_asked = std::ranges::find(questions.interview.asked, question) != questions.interview.asked.end();
    entries.push_back(entry_of(policy_no, attempt_id, answer, *question, questions.questionnaire->version, is_asked));
  }
  return entries;
}

}  // namespace shouyue::app
